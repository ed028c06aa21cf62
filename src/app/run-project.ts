import type { Digest } from '../core/digest.ts';
import { asTowpathError, type TowpathError } from '../core/errors/towpath-error.ts';
import type { Intake } from '../data/ingest/intake.ts';
import type { FlowEvent } from '../flow/events.ts';
import type { Flow, RunOutcome } from '../flow/flow.ts';
import { makePlan } from '../flow/plan.ts';
import type { Store } from '../store/open.ts';
import type { Observer, RunEvent } from './events.ts';
import { findLiveRelease } from './live-release.ts';
import { planStages } from '../flow/plan-stages.ts';
import { stagesOver, type LoadedProject } from './stages.ts';

export interface RunProjectDeps {
  readonly project: LoadedProject;
  readonly intake: Intake;
  readonly flow: Flow;
  readonly store: Store;
  /** Who runs it, for the records. */
  readonly actor: string;
  readonly observer: Observer;
  readonly signal: AbortSignal;
  readonly fromScratch?: boolean;
  /** What caused the run: `command`, `change`. */
  readonly trigger: string;
}

/** How a run ended; whoever observes it was told already. */
export interface ProjectRun {
  readonly run: string;
  readonly outcome: 'done' | 'failed' | 'cancelled';
  /** Why it failed, a gate's verdict included. */
  readonly error?: TowpathError;
  /** Name of the release it made or found unchanged. */
  readonly release?: string;
  /** Name of the live release, where that is another. */
  readonly live?: string;
}

/**
 * One run of a project: plan, run, and on passing gates a release that goes live. A release that exists already is not
 * promoted again, so that what a person rolled back stays rolled back.
 *
 * @throws what keeps a run from starting: a source without files, a suite that cannot be read
 */
export async function runProject(deps: RunProjectDeps): Promise<ProjectRun> {
  const { project, flow, store, observer, signal, trigger, intake } = deps;
  // Before hours of training rather than after them: a broken ledger takes no promotion.
  await store.records.releases.verify();
  const live = await findLiveRelease(store, (error) =>
    observer({ event: 'warning', error: error.toRecord() }),
  );
  const plan = makePlan(await planStages(stagesOver(intake), project, { live, signal }));
  const began = performance.now();
  let going: string | undefined;
  let finished: RunEvent | undefined;
  const started = new Set<string>();
  try {
    const outcome = await flow.run(plan, {
      signal,
      fromScratch: deps.fromScratch ?? false,
      labels: { project: project.values.project, config: project.digest, trigger },
      observer: (event) => {
        if (event.type === 'run-started') going = event.run;
        if (event.type === 'step-started') started.add(event.step);
        // Steps that a cancelled run never came to are not news.
        const idle =
          event.type === 'step-finished' && event.status === 'cancelled' && !started.has(event.step);
        const translated = idle ? undefined : translate(event);
        // The end is told only when the release is made: whoever reads it finds everything in place.
        if (translated?.event === 'run-finished') finished = translated;
        else if (translated !== undefined) observer(translated);
      },
    });
    const manifest = outcome.steps.get('release')?.outputs['release'];
    const release =
      outcome.status === 'done' && manifest ? await makeRelease(deps, outcome, manifest) : undefined;
    const made = release === undefined ? {} : { release, ...(await otherLive(release, store)) };
    const { run, status, error } = outcome;
    const measured = status !== 'done' || project.values.evaluate.suites.length > 0;
    if (finished !== undefined) observer({ ...finished, ...made, ...(!measured && { evaluated: false }) });
    return { run, outcome: status, ...made, ...(error && { error }) };
  } catch (thrown) {
    // What was begun before the eyes of whoever watches ends before them, too.
    if (going !== undefined) {
      const [ms, error] = [performance.now() - began, asTowpathError(thrown).toRecord()];
      observer({ event: 'run-finished', run: going, outcome: 'failed', ms, error });
    }
    throw thrown;
  }
}

/** Records the release and makes it live unless it ever was. */
async function makeRelease(
  { store, actor }: RunProjectDeps,
  { run }: RunOutcome,
  manifest: Digest,
): Promise<string> {
  const { releases } = store.records;
  const { name } = await releases.create({ manifest, run, createdBy: actor });
  // Asked of the ledger, not of `created`: a process may die between recording a release and promoting it.
  const promoted = (await releases.promotions()).some(({ release }) => release === name);
  if (!promoted) {
    await releases.promote({ release: name, action: 'promote', actor, reason: `${run} passed its gates` });
  }
  return name;
}

async function otherLive(release: string, { records }: Store): Promise<{ readonly live?: string }> {
  const live = await records.releases.live();
  return live === undefined || live.name === release ? {} : { live: live.name };
}

function translate(event: FlowEvent): RunEvent | undefined {
  switch (event.type) {
    case 'run-started':
      return { event: 'run-started', run: event.run, steps: event.steps.map(({ name }) => name) };
    case 'step-started': {
      const { run, step, reason, reasonText } = event;
      return { event: 'step-started', run, step, reason, reasonText };
    }
    case 'step-progress': {
      const { run, step, progress } = event;
      return { event: 'step-progress', run, step, progress };
    }
    case 'step-finished': {
      const { run, step, status, ms, facts, error } = event;
      if (status === 'skipped') return undefined;
      return { event: 'step-finished', run, step, outcome: status, ms, facts, ...(error && { error }) };
    }
    case 'run-finished': {
      const { run, status, ms, error } = event;
      if (status === 'running' || status === 'interrupted') return undefined;
      return { event: 'run-finished', run, outcome: status, ms, ...(error && { error }) };
    }
    case 'step-waiting': {
      const { run, step, on, elsewhere } = event;
      return { event: 'step-waiting', run, step, on, ...(elsewhere !== undefined && { elsewhere }) };
    }
    case 'step-log':
      return undefined;
  }
}
