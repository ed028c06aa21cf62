import { digestJson, type Digest } from '../core/digest.ts';
import { intake as everyFormat, type Intake } from '../data/ingest/intake.ts';
import { listSources } from '../data/ingest/list-sources.ts';
import { indexStep } from '../data/index/step.ts';
import { prepareParamsOf } from '../data/prepare/params.ts';
import { step as prepareStep } from '../data/prepare/step.ts';
import { gateStep } from '../evaluate/gates/step.ts';
import { retrievalDepth } from '../evaluate/metrics/catalogue.ts';
import { scoreStep } from '../evaluate/score/step.ts';
import { largestSuite } from '../evaluate/suite/read.ts';
import { CodeVersions } from '../flow/code/code-version.ts';
import { compiledModule } from '../flow/code/compiled.ts';
import type { ExternalFile, LateParts, PlanInput, PlanNode } from '../flow/plan.ts';
import { bundleStep } from '../release/bundle/step.ts';
import { qaSettingsOf } from '../qa/section.ts';
import { largestGlossary } from '../qa/translation/glossary.ts';
import { embedderStep } from '../train/models/embedder/step.ts';
import { trainerDigest } from '../train/python/trainer.ts';
import { modelStep } from '../train/models/step.ts';
import type { AnswerSettings } from '../qa/open-answering.ts';
import { planAnswers } from './plan-answers.ts';
import type { LoadedProject } from './sections.ts';
import { cardNodes, planTraining } from './training/plan-training.ts';

/** What a candidate is compared with: answers, and the release that gave them. */
interface Baseline {
  readonly release: string;
  readonly answers: Digest;
}

/** The live release, as a plan sees it. */
export interface LiveRelease extends Baseline {
  /** What it was compared with itself when it was made. */
  readonly baseline?: Baseline;
}

/**
 * The steps from sources to a release manifest.
 *
 * @throws TOW_DATA_NO_FILES, and what the opener of files does when a suite or the glossary cannot be read
 */
export async function planProject(
  project: LoadedProject,
  live: LiveRelease | undefined,
  signal: AbortSignal,
  intake: Intake = everyFormat,
): Promise<PlanNode[]> {
  const { models, index, evaluate, data } = project.values;
  const ingest = await listSources(project.dir, project.values.sources, {
    maxFileSize: data.max_file_size,
    formats: intake.formats,
    signal,
    trust: project.trust,
  });
  const suites = await Promise.all(
    evaluate.suites.map(async (path) => ({
      path,
      digest: await (await project.trust.open(path, largestSuite)).digest(signal),
    })),
  );
  const settings = await answerSettings(project);
  const { languages: embedded, ...embedder } = models.embedder ?? {};
  const dense = index.dense === 'on' && models.embedder !== undefined;
  const modelInputs: Record<string, PlanInput> = {
    ...(models.generator && { model: { step: 'model', output: 'model' } }),
    ...(dense && { embedder: { step: 'embedder', output: 'model' } }),
  };
  const { prompts, glossary, ...serving } = settings;
  const suiteFiles = suites.map(({ path, digest }): ExternalFile => ({ name: path, label: path, digest }));
  const training = await planTraining(project, suiteFiles);
  const answering = planAnswers({
    params: { suites, settings, depth: retrievalDepth(evaluate.k) },
    inputs: { index: { step: 'index', output: 'index' }, ...modelInputs },
    external: suiteFiles,
    part: training.part,
    project,
  });

  const nodes: PlanNode[] = [
    {
      name: 'ingest',
      kind: await intake.step(),
      params: ingest,
      external: ingest.files
        .filter(({ digest }) => digest !== '')
        .map(({ path, digest }): ExternalFile => ({ name: path, label: path, digest: digest as Digest })),
    },
    {
      name: 'prepare',
      kind: prepareStep,
      params: prepareParamsOf(data),
      inputs: { documents: { step: 'ingest', output: 'documents' } },
    },
    ...(models.generator ? [{ name: 'model', kind: modelStep, params: models.generator }] : []),
    ...(dense
      ? [
          {
            name: 'embedder',
            kind: embedderStep,
            params: {
              ...embedder,
              trainer: await trainerDigest('towpath_trainer.convert_embedder', 'requirements.txt'),
            },
          },
        ]
      : []),
    {
      name: 'index',
      kind: indexStep,
      params: { passage: index.passage, ...(dense && embedded && { embedded }) },
      inputs: {
        dataset: { step: 'prepare', output: 'dataset' },
        ...(modelInputs['embedder'] && { embedder: modelInputs['embedder'] }),
      },
    },
    ...training.nodes,
    ...answering.nodes,
    {
      name: 'score',
      kind: scoreStep,
      params: { suites, gates: evaluate.gates, bootstrap: evaluate.bootstrap, k: evaluate.k },
      inputs: { answers: answering.answers, ...(answering.choice && { choice: answering.choice }) },
      late: (outputs, given) =>
        withBaseline(given, baselineFor(outputs(answering.answers.step, answering.answers.output), live)),
    },
    {
      name: 'gate',
      kind: gateStep,
      params: {},
      inputs: { report: { step: 'score', output: 'report' } },
    },
  ];
  return [
    ...nodes,
    ...(await cardNodes(project, { step: 'score', output: 'report' }, training.nodes)),
    {
      name: 'release',
      kind: bundleStep,
      params: {
        project: project.values.project,
        prompts,
        serving: { ...serving, ...(glossary !== undefined && { glossary }) },
        code: await codeDigest(nodes),
      },
      inputs: {
        dataset: { step: 'prepare', output: 'dataset' },
        index: { step: 'index', output: 'index' },
        ...answering.models,
        report: { step: 'score', output: 'report' },
        answers: answering.answers,
        verdict: { step: 'gate', output: 'verdict' },
      },
    },
  ];
}

/**
 * The live release's answers; but a candidate that answers exactly as the live release does is that release again, and
 * is compared with what that one was compared with: so a second run of an unchanged project repeats no step.
 */
function baselineFor(answers: Digest, live: LiveRelease | undefined): Baseline | undefined {
  return live !== undefined && live.answers === answers ? live.baseline : live;
}

function withBaseline(given: LateParts, baseline: Baseline | undefined): LateParts {
  if (baseline === undefined) return given;
  const { release, answers } = baseline;
  return {
    params: { ...(given.params as object), live: { release, answers } },
    inputs: { ...given.inputs, live_answers: { artifact: answers } },
  };
}

async function answerSettings({ trust, values: { qa } }: LoadedProject): Promise<AnswerSettings> {
  const settings = qaSettingsOf(qa);
  if (qa.glossary === undefined) return settings;
  const glossary = await (await trust.open(qa.glossary, largestGlossary)).whole();
  return { ...settings, glossary: glossary.toString('utf8') };
}

async function codeDigest(nodes: readonly PlanNode[]): Promise<Digest> {
  const versions = new CodeVersions();
  const modules = [...nodes.map(({ kind }) => kind.module), bundleStep.module];
  return digestJson(await Promise.all(modules.map((module) => versions.of(compiledModule(module)))));
}
