import type { PlanInput, PlanNode } from '../../flow/plan.ts';
import type { Ports, StagePlan, StepOutput } from '../../flow/stage.ts';
import { baseStep } from '../base/step.ts';
import { cardStep } from '../card/step.ts';
import { curvesStep } from '../curves/step.ts';
import { fitStep } from '../fit/step.ts';
import { trainerJobOf, type JobEntry } from '../jobs/schema.ts';
import { searchStep } from '../search/step.ts';
import { tokenizerStep } from '../tokenizer/step.ts';
import { tokensStep } from '../tokens/step.ts';
import { exportNodes, releasable, trainerOf } from './plan-export.ts';
import { trainingRows, type TrainContext, type TrainingRows } from './training-rows.ts';

/** The steps of `train`: tokens, jobs, exports with their checks, the curves of all jobs, and a card for each. */
export function planTraining(context: TrainContext): StagePlan {
  let tokens: Promise<ReadonlyMap<string, StepOutput>> | undefined;
  const jobs = (): Promise<ReadonlyMap<string, StepOutput>> => (tokens ??= planJobs(context));
  return {
    gives: {
      async trained(): Promise<Ports['trained']> {
        await jobs();
        const { train } = context.values;
        const job = train.jobs.find(({ name }) => name === train.release?.job);
        if (job === undefined || train.release === undefined) return undefined;
        const { when, metric, quantisation } = train.release;
        return { job: job.name, when, metric, ...releasable(job, quantisation) };
      },
    },
    async ends() {
      for (const node of await cardNodes(context, await jobs())) context.add(node);
    },
  };
}

/** @returns the tokens that each job learns from, by its name */
async function planJobs(context: TrainContext): Promise<ReadonlyMap<string, StepOutput>> {
  const { jobs } = context.values.train;
  if (jobs.length === 0) return new Map();
  const rows = await trainingRows(context);
  const plan = new SharedNodes();
  const tokens = new Map<string, StepOutput>();
  for (const job of jobs) tokens.set(job.name, await addJob(plan, job, context, rows));
  plan.add(curvesNode(context));
  for (const node of plan.nodes) context.add(node);
  return tokens;
}

/** Nodes by what they do: two jobs that need the same tokens share the step that makes them. */
class SharedNodes {
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

async function addJob(
  plan: SharedNodes,
  job: JobEntry,
  { values, need }: TrainContext,
  rows: TrainingRows,
): Promise<StepOutput> {
  const { name, source } = job;
  const { params, external } = rows.of(job);
  const dataset = await need('dataset');
  const model = source === 'generator' ? await need('generator') : undefined;
  const base = model && {
    model,
    converted: {
      output: 'base',
      step: plan.add({
        ...{ name: 'base', kind: baseStep, params: { trainer: await trainerOf('base_model') } },
        inputs: { model },
      }),
    },
  };
  const tokenizer: StepOutput = base?.converted ?? {
    output: 'tokenizer',
    step: plan.add({
      ...{ name: `tokenizer-${name}`, kind: tokenizerStep, inputs: { dataset }, external },
      params: { ...params, vocabulary: job.model.vocabulary, trainer: await trainerOf('tokenizer') },
    }),
  };
  const tokens: StepOutput = {
    output: 'tokens',
    step: plan.add({
      ...{ name: `tokens-${name}`, kind: tokensStep, inputs: { dataset, tokenizer } },
      params: { ...params, ...rows.tokensOf(job), trainer: await trainerOf('tokenise') },
      external: [...external, ...rows.suites],
    }),
  };
  const { search } = values.train;
  const searched = search?.job === name ? search : undefined;
  const fit: PlanNode = {
    name: `train-${name}`,
    ...(searched
      ? { kind: searchStep, params: { search: searched, trainer: await trainerOf('search') } }
      : { kind: fitStep, params: { trainer: await trainerOf('train') } }),
    inputs: { tokens, ...(base ? { base: base.converted } : { tokenizer }) },
  };
  plan.add({ ...fit, params: { ...(fit.params as object), job: trainerJobOf(job) } });
  for (const node of await exportNodes(job, { tokens, ...(base && { base }) })) plan.add(node);
  return tokens;
}

function curvesNode({ values: { train } }: TrainContext): PlanNode {
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

/** The card of each job, which tells how the service answers with the model of the one that is released. */
async function cardNodes(
  { values: { train }, need }: TrainContext,
  tokens: ReadonlyMap<string, StepOutput>,
): Promise<PlanNode[]> {
  return await Promise.all(
    train.jobs.map(async ({ name, source }): Promise<PlanNode> => {
      const learnt = tokens.get(name);
      const model = source === 'generator' ? await need('generator') : undefined;
      const searched = train.search?.job === name;
      const isReleased = train.release?.job === name;
      return {
        ...{ name: `card-${name}`, kind: cardStep },
        params: { name, trainer: await trainerOf(searched ? 'search' : 'train') },
        inputs: {
          history: { step: `train-${name}`, output: 'history' },
          dataset: await need('dataset'),
          ...(learnt && { tokens: learnt }),
          ...(model && { model }),
          ...(searched && { trials: { step: `train-${name}`, output: 'trials' } }),
          ...(isReleased && { report: await need('report') }),
        },
      };
    }),
  );
}
