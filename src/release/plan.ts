import { digestJson, type Digest } from '../core/digest.ts';
import { CodeVersions } from '../flow/code/code-version.ts';
import { compiledModule } from '../flow/code/compiled.ts';
import type { PlanInput, PlanNode } from '../flow/plan.ts';
import type { StageContext, StagePlan } from '../flow/stage.ts';
import { bundleStep } from './bundle/step.ts';

export function planRelease(context: StageContext): StagePlan {
  return { ends: () => planBundle(context) };
}

async function planBundle(context: StageContext): Promise<void> {
  const { project, need, add } = context;
  const { answers, models } = await need('answers');
  const inputs = {
    dataset: await need('dataset'),
    index: (await need('index')).index,
    ...models,
    report: await need('report'),
    answers,
    verdict: await need('verdict'),
  };
  const { prompts, glossary, ...serving } = (await need('answering')).settings;
  add({
    ...{ name: 'release', kind: bundleStep, inputs },
    params: {
      ...{ project, prompts },
      serving: { ...serving, ...(glossary !== undefined && { glossary }) },
      code: await codeOf(makersOf(Object.values(inputs), context.nodes)),
    },
  });
}

/** The steps that these inputs rest on. */
function makersOf(inputs: readonly PlanInput[], nodes: readonly PlanNode[]): readonly PlanNode[] {
  const wanted = new Set(stepsOf(inputs));
  for (const name of wanted) {
    const node = nodes.find((each) => each.name === name);
    for (const step of stepsOf(Object.values(node?.inputs ?? {}))) wanted.add(step);
  }
  return nodes.filter(({ name }) => wanted.has(name));
}

function stepsOf(inputs: readonly PlanInput[]): string[] {
  return inputs.flatMap((input) => ('step' in input ? [input.step] : []));
}

async function codeOf(nodes: readonly PlanNode[]): Promise<Digest> {
  const versions = new CodeVersions();
  const modules = new Set([...nodes.map(({ kind }) => kind.module), bundleStep.module]);
  return digestJson(await Promise.all([...modules].map((module) => versions.of(compiledModule(module)))));
}
