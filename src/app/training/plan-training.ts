import type { ExternalFile, PlanInput, PlanNode } from '../../flow/plan.ts';
import { baseStep } from '../../train/base/step.ts';
import { cardStep } from '../../train/card/step.ts';
import { curvesStep } from '../../train/curves/step.ts';
import { fitStep } from '../../train/fit/step.ts';
import { trainerJobOf, type JobEntry } from '../../train/jobs/schema.ts';
import { searchStep } from '../../train/search/step.ts';
import { tokenizerStep } from '../../train/tokenizer/step.ts';
import { tokensStep } from '../../train/tokens/step.ts';
import type { LoadedProject } from '../sections.ts';
import { exportNodes, trainedPart, trainerOf, type TrainedPart } from './plan-export.ts';
import { trainingRows, type TrainingRows } from './training-rows.ts';

export interface TrainingPlan {
  readonly nodes: readonly PlanNode[];
  /** What may be released; left out without `train.release`. */
  readonly part?: TrainedPart;
}

/** The card of each job, which tells how the service answers with the model of the one that is released. */
export async function cardNodes(
  { values: { train } }: LoadedProject,
  report: PlanInput,
  jobs: readonly PlanNode[],
): Promise<PlanNode[]> {
  return await Promise.all(
    train.jobs.map(async ({ name, source }): Promise<PlanNode> => {
      const trained = jobs.find((node) => node.name === `train-${name}`);
      const searched = train.search?.job === name;
      return {
        ...{ name: `card-${name}`, kind: cardStep },
        params: { name, trainer: await trainerOf(searched ? 'search' : 'train') },
        inputs: {
          history: { step: `train-${name}`, output: 'history' },
          dataset: { step: 'prepare', output: 'dataset' },
          ...(trained?.inputs?.['tokens'] && { tokens: trained.inputs['tokens'] }),
          ...(source === 'generator' && { model: { step: 'model', output: 'model' } }),
          ...(searched && { trials: { step: `train-${name}`, output: 'trials' } }),
          ...(train.release?.job === name && { report }),
        },
      };
    }),
  );
}

/** The steps of `train`: tokens, jobs, exports with their checks, and the curves of all jobs. */
export async function planTraining(
  project: LoadedProject,
  suites: readonly ExternalFile[],
): Promise<TrainingPlan> {
  const { jobs, release } = project.values.train;
  if (jobs.length === 0) return { nodes: [] };
  const rows = await trainingRows(project, suites);
  const plan = new Nodes();
  for (const job of jobs) await addJob(plan, job, project, rows);
  plan.add(curvesNode(project));
  const released = jobs.find(({ name }) => name === release?.job);
  return {
    nodes: plan.nodes,
    ...(released && release && { part: trainedPart(released, release.quantisation) }),
  };
}

/** Nodes by what they do: two jobs that need the same tokens share the step that makes them. */
class Nodes {
  readonly nodes: PlanNode[] = [];
  readonly #names = new Map<string, string>();

  /** @returns the name under which the node is in the plan */
  add(node: PlanNode): string {
    const { name, kind, params, inputs } = node;
    const what = JSON.stringify([kind.name, params, inputs]);
    const held = this.#names.get(what);
    if (held !== undefined) return held;
    this.#names.set(what, name);
    this.nodes.push(node);
    return name;
  }
}

async function addJob(plan: Nodes, job: JobEntry, project: LoadedProject, rows: TrainingRows): Promise<void> {
  const { name, source } = job;
  const { params, external } = rows.of(job);
  const dataset: PlanInput = { step: 'prepare', output: 'dataset' };
  const base: PlanInput | undefined =
    source === 'generator'
      ? {
          output: 'base',
          step: plan.add({
            ...{ name: 'base', kind: baseStep, params: { trainer: await trainerOf('base_model') } },
            inputs: { model: { step: 'model', output: 'model' } },
          }),
        }
      : undefined;
  const tokenizer: PlanInput = base ?? {
    output: 'tokenizer',
    step: plan.add({
      ...{ name: `tokenizer-${name}`, kind: tokenizerStep, inputs: { dataset }, external },
      params: { ...params, vocabulary: job.model.vocabulary, trainer: await trainerOf('tokenizer') },
    }),
  };
  const tokens: PlanInput = {
    output: 'tokens',
    step: plan.add({
      ...{ name: `tokens-${name}`, kind: tokensStep, inputs: { dataset, tokenizer } },
      params: { ...params, ...rows.tokensOf(job), trainer: await trainerOf('tokenise') },
      external: [...external, ...rows.suites],
    }),
  };
  const { search } = project.values.train;
  const searched = search?.job === name ? search : undefined;
  const fit: PlanNode = {
    name: `train-${name}`,
    ...(searched
      ? { kind: searchStep, params: { search: searched, trainer: await trainerOf('search') } }
      : { kind: fitStep, params: { trainer: await trainerOf('train') } }),
    inputs: { tokens, ...(base ? { base } : { tokenizer }) },
  };
  plan.add({ ...fit, params: { ...(fit.params as object), job: trainerJobOf(job) } });
  for (const node of await exportNodes(job, { tokens, ...(base && { base }) })) plan.add(node);
}

function curvesNode({ values: { train } }: LoadedProject): PlanNode {
  const jobs = train.jobs.map(({ name }) => name);
  const histories = jobs.map((name, at): [string, PlanInput] => [
    `history_${String(at + 1)}`,
    { step: `train-${name}`, output: 'history' },
  ]);
  const trials: PlanInput | undefined = train.search && {
    step: `train-${train.search.job}`,
    output: 'trials',
  };
  return {
    ...{ name: 'curves', kind: curvesStep, params: { jobs } },
    inputs: { ...Object.fromEntries(histories), ...(trials && { trials }) },
  };
}
