import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../core/clock.ts';
import { Deadline } from '../core/deadline.ts';
import type { ErrorRecord } from '../core/errors/towpath-error.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { newId } from '../core/id.ts';
import { say, verbatim } from '../core/messages/message.ts';
import { identifyProcess } from '../core/process-identity.ts';
import { makeFolder } from '../store/make-folder.ts';
import { unlessDiskFull } from '../core/environment-error.ts';
import type { Store } from '../store/open.ts';
import type { RunRecord, RunStatus, RunStepRecord } from '../store/records/run-records.ts';
import { StepCache } from './cache.ts';
import { CodeVersions } from './code/code-version.ts';
import { compiledModule } from './code/compiled.ts';
import { elsewhereName, hostLabel, isElsewhere } from './elsewhere.ts';
import { EngineLocks } from './engine-lock.ts';
import type { FlowEvent, FlowObserver } from './events.ts';
import type { Executor } from './executor/executor.ts';
import { ProcessExecutor } from './executor/process-executor.ts';
import { Journal } from './journal.ts';
import { traceLineage, type Lineage, type LineageOptions } from './lineage.ts';
import { readLog } from './log/follow-log.ts';
import { logPath } from './log/step-log.ts';
import type { Plan } from './plan.ts';
import { activeRuns, recover } from './recover.ts';
import { PlanRun, type StepOutcome } from './run-plan.ts';

export interface FlowOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The project folder, which steps may read. */
  readonly projectDir: string;
  /** `<project>/.towpath`: logs and what steps keep between runs go below it. */
  readonly stateDir: string;
  /** The compiled program of a step's process. @default the engine's, which knows no words for people */
  readonly program?: string;
  /** Environment of the steps' processes. @default this process's own */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds a step has to stop by itself when cancelled. @default 5000 */
  readonly grace?: number;
  /** Where steps run; made anew for every run. @default child processes of this machine */
  readonly executor?: () => Executor;
}

export interface RunOptions {
  readonly observer?: FlowObserver;
  readonly signal?: AbortSignal;
  /** Cores to use at most. @default as many as this process may use */
  readonly cores?: number;
  /** Runs every step, cached or not. @default false */
  readonly fromScratch?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RunOutcome {
  readonly run: string;
  readonly status: Exclude<RunStatus, 'running' | 'interrupted'>;
  readonly ms: number;
  /** By name of the step, in the order they ended. */
  readonly steps: ReadonlyMap<string, StepOutcome>;
  /** Why it did not get through: of several failed steps, the first. */
  readonly error?: TowpathError;
}

export interface RunDetail extends RunRecord {
  readonly steps: readonly (RunStepRecord & { readonly log: string })[];
}

interface LogLine {
  readonly step: string;
  /** `<time> <source> <text>`; the source is out, err, log or flow. */
  readonly line: string;
}

interface LogOptions {
  /** Only this step's. @default every step's, one after another */
  readonly step?: string;
  /** Goes on while the run does. @default false */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** The engine of one project. Several may be open at once, in one process or in many. */
export interface Flow {
  /**
   * Takes a plan to its end. Steps whose result is known are not run again, so after a crash the same plan simply goes
   * on from where it was. Resolves for failed and cancelled runs too; rejects only when the engine itself fails.
   */
  run(plan: Plan, options?: RunOptions): Promise<RunOutcome>;
  /** Asks a run, of whatever process, to stop; it does within a second. @throws TOW_FLOW_RUN_UNKNOWN */
  cancel(run: string, by: string): Promise<'asked' | 'not running'>;
  /**
   * Ends a run whose engine cannot be looked for from here, because its machine is gone for good: frees its claims. If
   * it lives all the same, it stops, and what it still commits is refused.
   *
   * @throws TOW_FLOW_RUN_UNKNOWN | TOW_FLOW_RUN_ALIVE
   */
  giveUp(run: string, by: string): Promise<'given up' | 'not running'>;
  /** Newest first. */
  runs(limit?: number): Promise<RunRecord[]>;
  /** @param reference an id, a unique beginning of one, or `last`. @throws TOW_FLOW_RUN_UNKNOWN */
  show(reference: string): Promise<RunDetail>;
  /** @throws TOW_FLOW_RUN_UNKNOWN | TOW_FLOW_STEP_UNKNOWN */
  logs(reference: string, options?: LogOptions): AsyncIterable<LogLine>;
  lineage(reference: string, options: LineageOptions): Promise<Lineage>;
}

const cancelPoll = 500;

/** Opens the engine, ending first what dead engines of this project left running. */
export async function openFlow(options: FlowOptions): Promise<Flow> {
  const { store, clock, stateDir } = options;
  const engines = new EngineLocks(join(stateDir, 'run', 'engines'));
  // Each command that writes does this again, and is told.
  await recover(store, clock, engines).catch(unlessDiskFull);
  await store.workspaces.sweep();
  return new ProjectFlow(options, engines);
}

class ProjectFlow implements Flow {
  readonly #options: FlowOptions;
  readonly #engines: EngineLocks;
  readonly #codes = new CodeVersions();

  constructor(options: FlowOptions, engines: EngineLocks) {
    this.#options = options;
    this.#engines = engines;
  }

  async run(plan: Plan, options: RunOptions = {}): Promise<RunOutcome> {
    const { store, clock } = this.#options;
    const { records } = store;
    const interrupted = await recover(store, clock, this.#engines);
    const resumedFrom = await this.#interrupted(plan, interrupted);
    const id = newId('run', clock);
    const engine = identifyProcess() ?? `${String(process.pid)}-0-0`;
    const steps = plan.nodes.map(({ name, kind }) => ({ name, kind: kind.name }));
    const began = clock.monotonic();
    const emit = safely(options.observer);
    const labels = { [hostLabel]: hostname(), ...options.labels };
    const letGo = this.#engines.hold();
    activeRuns.add(id);
    try {
      await records.runs.create({
        ...{ id, plan: plan.digest, engine, startedAt: clock.now(), labels, steps },
        ...(resumedFrom !== undefined && { resumedFrom }),
      });
      emit({ type: 'run-started', run: id, steps, ...(resumedFrom !== undefined && { resumedFrom }) });
      const end = await this.#toEnd(plan, id, engine, options, emit);
      const error = end.error?.toRecord();
      const ms = clock.monotonic() - began;
      const rest = end.status === 'cancelled' ? 'cancelled' : 'skipped';
      const ended = await records.runs.finish(id, {
        status: end.status,
        at: clock.now(),
        steps: rest,
        ...(error && { error }),
      });
      if (!ended) throw new TowpathError('TOW_FLOW_CLAIM_LOST', say('flow.given-up', { run: id }));
      emit({ type: 'run-finished', run: id, status: end.status, ms, ...(error && { error }) });
      return { run: id, ms, ...end };
    } catch (error) {
      await this.#giveUp(id, error).catch(() => undefined);
      throw error;
    } finally {
      activeRuns.delete(id);
      letGo();
    }
  }

  async cancel(reference: string, by: string): Promise<'asked' | 'not running'> {
    const { store, clock } = this.#options;
    await recover(store, clock, this.#engines);
    const { id } = await this.#find(reference);
    return (await store.records.runs.askCancel(id, by, clock.now())) ? 'asked' : 'not running';
  }

  async giveUp(reference: string, by: string): Promise<'given up' | 'not running'> {
    const { store, clock } = this.#options;
    const { records, workspaces } = store;
    await recover(store, clock, this.#engines);
    const { id, status, engine, startedAt, labels } = await this.#find(reference);
    if (status !== 'running') return 'not running';
    if (this.#engines.livenessOf(engine, startedAt) === 'alive') {
      const host = isElsewhere({ engine, startedAt }) ? elsewhereName(labels) : say('flow.this-machine');
      throw new TowpathError('TOW_FLOW_RUN_ALIVE', say('flow.run-alive', { run: id, host }), {
        hint: say('flow.cancel', { run: id }),
      });
    }
    await records.runs.askCancel(id, by, clock.now());
    await records.results.releaseAll(id);
    const message = say('flow.given-up-by', { run: id, by, host: elsewhereName(labels) });
    const error = new TowpathError('TOW_FLOW_CANCELLED', message, { data: { run: id } }).toRecord();
    await records.runs.finish(id, { status: 'interrupted', at: clock.now(), error, steps: 'interrupted' });
    await workspaces.sweep(engine);
    return 'given up';
  }

  async runs(limit = 50): Promise<RunRecord[]> {
    return await this.#options.store.records.runs.list({ limit });
  }

  async show(reference: string): Promise<RunDetail> {
    const run = await this.#find(reference);
    const steps = await this.#options.store.records.runs.steps(run.id);
    return { ...run, steps: steps.map((step) => ({ ...step, log: this.#log(run.id, step.name) })) };
  }

  async *logs(reference: string, { step, follow = false, signal }: LogOptions = {}): AsyncIterable<LogLine> {
    const run = await this.show(reference);
    const chosen = run.steps.filter(({ name }) => step === undefined || name === step);
    if (chosen.length === 0 && step !== undefined) {
      const steps = run.steps.map(({ name }) => name);
      throw new TowpathError('TOW_FLOW_STEP_UNKNOWN', say('flow.no-step', { run: run.id, step }), {
        hint: say('flow.has-steps', { steps }),
      });
    }
    const { records } = this.#options.store;
    for (const { name, log } of chosen) {
      const growing = async (): Promise<boolean> => {
        const now = await records.runs.step(run.id, name);
        return now?.status === 'pending' || now?.status === 'running';
      };
      for await (const line of readLog(log, { ...(follow && { growing }), ...(signal && { signal }) })) {
        yield { step: name, line };
      }
    }
  }

  async lineage(reference: string, options: LineageOptions): Promise<Lineage> {
    return await traceLineage(this.#options.store.records, reference, options);
  }

  async #toEnd(
    plan: Plan,
    run: string,
    engine: string,
    options: RunOptions,
    emit: (event: FlowEvent) => void,
  ): Promise<Omit<RunOutcome, 'run' | 'ms'>> {
    const { store, clock, stateDir } = this.#options;
    const { records, artifacts } = store;
    const cancel = new Deadline(undefined, options.signal);
    const { signal } = cancel;
    const stopWatching = this.#watchForCancel(run, () => cancel.abort());
    const executor = this.#options.executor?.() ?? this.#processes();
    const journal = new Journal(records, run);
    const deps = {
      ...{ records, artifacts, executor, journal, clock, engine, emit },
      engines: this.#engines,
      ...{ cache: new StepCache(records.results, artifacts), logsDir: join(stateDir, 'logs') },
    };
    try {
      const cores = Math.max(1, Math.floor(options.cores ?? availableParallelism()));
      const abort = (): void => cancel.abort();
      const settings = {
        run,
        cores,
        fromScratch: options.fromScratch ?? false,
        signal,
        abort,
        codes: this.#codes,
      };
      const steps = await new PlanRun(plan, settings, deps).toEnd();
      await journal.flush();
      return { steps, ...(await this.#verdict(run, steps, signal)) };
    } finally {
      stopWatching();
      cancel.end();
      await executor.close();
    }
  }

  async #verdict(
    run: string,
    steps: ReadonlyMap<string, StepOutcome>,
    signal: AbortSignal,
  ): Promise<Pick<RunOutcome, 'status' | 'error'>> {
    const outcomes = [...steps.values()];
    const failed = outcomes.filter(({ status }) => status === 'failed');
    const error = failed[0]?.error;
    if (error) return { status: 'failed', error };
    if (!signal.aborted || outcomes.every(({ status }) => status === 'done' || status === 'cached')) {
      return { status: 'done' };
    }
    const by = await this.#options.store.records.runs.cancelAsked(run);
    const message =
      by === undefined ? say('flow.run-cancelled', { run }) : say('flow.run-cancelled-by', { run, by });
    return { status: 'cancelled', error: new TowpathError('TOW_FLOW_CANCELLED', message, { data: { run } }) };
  }

  #watchForCancel(run: string, onCancel: () => void): () => void {
    let asking = false;
    const timer = setInterval(() => {
      if (asking) return;
      asking = true;
      void this.#options.store.records.runs
        .cancelAsked(run)
        .then((by) => by !== undefined && onCancel())
        .catch(() => undefined) // asked again in half a second
        .finally(() => (asking = false));
    }, cancelPoll);
    return () => clearInterval(timer);
  }

  #processes(): Executor {
    const { env = process.env, grace = 5000 } = this.#options;
    const own = fileURLToPath(new URL('./step-process.js', compiledModule(import.meta.url)));
    const { program = own, projectDir, stateDir, store } = this.#options;
    const keepDir = join(stateDir, 'keep');
    makeFolder(keepDir);
    return new ProcessExecutor({
      ...{ program, env, grace, projectDir, keepDir, workspaces: store.workspaces },
    });
  }

  async #giveUp(run: string, thrown: unknown): Promise<void> {
    const { store, clock } = this.#options;
    const error: ErrorRecord =
      thrown instanceof TowpathError
        ? thrown.toRecord()
        : new TowpathError('TOW_APP_INTERNAL', verbatim(String(thrown)), { cause: thrown }).toRecord();
    await store.records.results.releaseAll(run);
    await store.records.runs.finish(run, { status: 'failed', at: clock.now(), error, steps: 'skipped' });
  }

  /** The newest run of this plan, when it was interrupted. */
  async #interrupted(plan: Plan, just: readonly RunRecord[]): Promise<string | undefined> {
    const [newest] = await this.#options.store.records.runs.list({ plan: plan.digest, limit: 1 });
    return newest && (newest.status === 'interrupted' || just.some(({ id }) => id === newest.id))
      ? newest.id
      : undefined;
  }

  async #find(reference: string): Promise<RunRecord> {
    const { runs } = this.#options.store.records;
    if (reference === 'last') {
      const [last] = await runs.list({ limit: 1 });
      if (last) return last;
      throw new TowpathError('TOW_FLOW_RUN_UNKNOWN', say('flow.nothing-ran'), {
        hint: say('flow.start'),
      });
    }
    const exact = await runs.get(reference);
    if (exact) return exact;
    const prefix = reference.startsWith('run-') ? reference : `run-${reference}`;
    const found = await runs.find(prefix, 6);
    const only = found.length === 1 && found[0] !== undefined ? await runs.get(found[0]) : undefined;
    if (only) return only;
    const what =
      found.length > 1
        ? say('flow.several-runs', { prefix, runs: found })
        : say('flow.no-run', { run: reference });
    throw new TowpathError('TOW_FLOW_RUN_UNKNOWN', what);
  }

  #log(run: string, step: string): string {
    return logPath(join(this.#options.stateDir, 'logs'), run, step);
  }
}

function safely(observer: FlowObserver | undefined): (event: FlowEvent) => void {
  return (event) => {
    try {
      observer?.(event);
    } catch {
      // watching must not fail what is watched
    }
  };
}
