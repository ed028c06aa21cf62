import { render } from '../../core/messages/message.ts';
import type { RunDetail as FlowRun } from '../../flow/flow.ts';
import { elsewhereName, isElsewhere } from '../../flow/elsewhere.ts';
import type { Store } from '../../store/open.ts';
import type { RunRecord as StoredRun, RunStepRecord } from '../../store/records/run-records.ts';
import type { RunDetail, RunRecord, StepRecord } from '../records/run.ts';

type Records = Store['records'];

/** Points of a curve that a front end gets. */
const longestCurve = 1000;

/** A stored run as front ends see it. */
export async function runView(run: StoredRun, records: Records): Promise<RunRecord> {
  return summarise(run, await records.runs.steps(run.id), records);
}

export async function runDetailView(run: FlowRun, records: Records): Promise<RunDetail> {
  const plan = await Promise.all(
    run.steps.map(async (step): Promise<StepRecord> => {
      const curve = await records.curves.of(run.id, step.name, longestCurve);
      return { ...stepView(step), ...(await madeFrom(step, records)), ...(curve.length > 0 && { curve }) };
    }),
  );
  return { ...(await summarise(run, run.steps, records)), plan };
}

/** What its result was made from; nothing for a step without one, or one that cannot be read. */
async function madeFrom(
  { key, outputs }: RunStepRecord,
  { results }: Records,
): Promise<Pick<StepRecord, 'code' | 'inputs' | 'files'>> {
  const result = key === undefined || outputs === undefined ? undefined : await results.get(key);
  if (key === undefined || result === undefined || result === 'damaged') return {};
  const read = await results.inputs(key);
  const artifacts = read.filter(({ role }) => role === 'input');
  return {
    code: result.code,
    inputs: Object.fromEntries(artifacts.map(({ name, digest }) => [name, digest])),
    files: read.length - artifacts.length,
  };
}

async function summarise(
  run: StoredRun,
  steps: readonly RunStepRecord[],
  { releases }: Records,
): Promise<RunRecord> {
  const count = (status: RunStepRecord['status']): number =>
    steps.filter((step) => step.status === status).length;
  const manifest = steps.find(({ name }) => name === 'release')?.outputs?.['release'];
  const release = manifest === undefined ? undefined : await releases.byManifest(manifest);
  return {
    id: run.id,
    state: run.status,
    started: new Date(run.startedAt).toISOString(),
    ...(run.finishedAt !== undefined && { ms: run.finishedAt - run.startedAt }),
    ...(run.status === 'running' &&
      isElsewhere(run) && { elsewhere: render(elsewhereName(run.labels), 'en') }),
    steps: { total: steps.length, done: count('done'), cached: count('cached') },
    ...(release !== undefined && { release: release.name }),
    ...(run.error !== undefined && { error: run.error }),
  };
}

function stepView(step: RunStepRecord): StepRecord {
  const { name, kind, status, startedAt, finishedAt, reason, reasonText, outputs, facts, error } = step;
  const state = status === 'pending' ? 'waiting' : status === 'interrupted' ? 'cancelled' : status;
  return {
    ...{ name, kind, state, outputs: outputs ?? {} },
    ...(startedAt !== undefined && finishedAt !== undefined && { ms: finishedAt - startedAt }),
    ...(reason !== undefined && { reason }),
    ...(reasonText !== undefined && { reasonText }),
    ...(facts !== undefined && { facts }),
    ...(error !== undefined && { error }),
  };
}
