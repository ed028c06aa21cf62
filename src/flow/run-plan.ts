import type { Json } from '../core/canonical-json.ts';
import { hasAborted } from '../core/deadline.ts';
import type { Digest } from '../core/digest.ts';
import { asTowpathError, SaidError, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { StepStatus } from '../store/records/run-records.ts';
import type { CodeVersions } from './code/code-version.ts';
import { compiledModule } from './code/compiled.ts';
import type { KeyParts } from './key.ts';
import { decideLate, type CheckedNode, type Plan } from './plan.ts';
import { runStep, type StepDeps, type StepJob } from './run-step.ts';

export interface StepOutcome {
  readonly status: Exclude<StepStatus, 'pending' | 'running' | 'interrupted'>;
  readonly key?: Digest;
  readonly facts: Readonly<Record<string, Json>>;
  readonly outputs: Readonly<Record<string, Digest>>;
  readonly ms: number;
  readonly error?: TowpathError;
}

export interface PlanRunOptions {
  readonly run: string;
  readonly cores: number;
  readonly fromScratch: boolean;
  readonly signal: AbortSignal;
  /** Stops what runs, after a fault of the engine. */
  abort(): void;
  readonly codes: CodeVersions;
}

/**
 * Takes a plan through to its end: looks every step up when what it needs is there, runs what is not cached, as many at
 * once as the cores allow, in the plan's order. After a failure the steps that depend on it are skipped and all others
 * still run: their results are kept, so the next run is shorter, and every mistake shows at once.
 */
export class PlanRun {
  readonly #plan: Plan;
  readonly #options: PlanRunOptions;
  readonly #deps: StepDeps;
  readonly #outcomes = new Map<string, StepOutcome>();
  readonly #codes = new Map<string, Digest>();
  readonly #running = new Set<Promise<void>>();
  #free: number;

  constructor(plan: Plan, options: PlanRunOptions, deps: StepDeps) {
    this.#plan = plan;
    this.#options = options;
    this.#deps = deps;
    this.#free = options.cores;
  }

  /** Settles when nothing is running any more. Rejects on faults of the engine itself, never for a step's failure. */
  async toEnd(): Promise<ReadonlyMap<string, StepOutcome>> {
    const waiting = new Map(this.#plan.nodes.map((node) => [node.name, node.needs.length]));
    const dependants = dependantsOf(this.#plan);
    const ready = this.#plan.nodes.filter(({ needs }) => needs.length === 0);
    const runnable: StepJob[] = [];
    const position = new Map(this.#plan.nodes.map(({ name }, at) => [name, at]));
    const settled = new Set<string>();
    let fault: unknown;
    const settle = (): void => {
      for (const name of this.#outcomes.keys()) {
        if (settled.has(name)) continue;
        settled.add(name);
        for (const node of dependants.get(name) ?? []) {
          const left = (waiting.get(node.name) ?? 0) - 1;
          waiting.set(node.name, left);
          if (left === 0) ready.push(node);
        }
      }
    };
    try {
      for (;;) {
        for (let node = ready.shift(); node; node = ready.shift()) {
          const job = await this.#prepare(node);
          if (job) runnable.push(job);
          settle();
        }
        runnable.sort(
          (a, b) => (position.get(a.parts.node.name) ?? 0) - (position.get(b.parts.node.name) ?? 0),
        );
        for (let job = runnable[0]; job && this.#fits(job); job = runnable[0]) {
          runnable.shift();
          this.#start(job, (error) => {
            fault ??= error;
            this.#options.abort();
          });
        }
        if (this.#running.size === 0) {
          if (fault !== undefined || (runnable.length === 0 && ready.length === 0)) break;
          continue;
        }
        await Promise.race(this.#running);
        if (fault !== undefined) runnable.length = 0;
        settle();
      }
    } catch (error) {
      fault ??= error;
      this.#options.abort();
      await Promise.all(this.#running);
    }
    if (fault !== undefined) throw fault as Error;
    return this.#outcomes;
  }

  /** Decides a step that needs no process: cached, skipped, cancelled. Otherwise gives what is to run. */
  async #prepare(node: CheckedNode): Promise<StepJob | undefined> {
    const { signal, fromScratch, run } = this.#options;
    const began = this.#deps.clock.monotonic();
    if (node.needs.some((name) => !hasOutputs(this.#outcomes.get(name)))) {
      const cancelled =
        signal.aborted || node.needs.some((name) => this.#outcomes.get(name)?.status === 'cancelled');
      this.#finish(node, { status: cancelled ? 'cancelled' : 'skipped', facts: {}, outputs: {}, ms: 0 });
      return undefined;
    }
    if (signal.aborted) {
      this.#finish(node, { status: 'cancelled', facts: {}, outputs: {}, ms: 0 });
      return undefined;
    }
    const decided = decideLate(node, (step, output) => this.#outputOf(step, output));
    const parts: KeyParts = {
      node: decided,
      code: await this.#codeOf(node),
      inputs: this.#inputsOf(decided),
    };
    const found = await this.#deps.cache.look(parts, fromScratch);
    if (found.hit) {
      const { facts, outputs } = found.hit;
      this.#finish(node, {
        status: 'cached',
        key: found.key,
        facts,
        outputs,
        ms: this.#deps.clock.monotonic() - began,
      });
      return undefined;
    }
    const { cores = 1 } = node.kind;
    const share = cores === 'all' ? this.#options.cores : Math.min(cores, this.#options.cores);
    return { run, parts, key: found.key, reason: found.reason, cores: share, fromScratch };
  }

  /** In turn: a step that wants every core waits for the others and is not overtaken for ever. */
  #fits(job: StepJob): boolean {
    return job.parts.node.kind.cores === 'all' ? this.#running.size === 0 : job.cores <= this.#free;
  }

  #start(job: StepJob, onFault: (error: unknown) => void): void {
    this.#free -= job.cores;
    const done = this.#runJob(job)
      .catch(onFault)
      .finally(() => {
        this.#free += job.cores;
        this.#running.delete(done);
      });
    this.#running.add(done);
  }

  async #runJob(job: StepJob): Promise<void> {
    const { node } = job.parts;
    const { clock } = this.#deps;
    const { signal } = this.#options;
    const began = clock.monotonic();
    if (signal.aborted) {
      this.#finish(node, { status: 'cancelled', facts: {}, outputs: {}, ms: 0 });
      return;
    }
    try {
      const { result, shared } = await runStep(job, this.#deps, signal);
      const { facts, outputs, key } = result;
      const ms = clock.monotonic() - began;
      const outcome: StepOutcome = { status: shared ? 'cached' : 'done', key, facts, outputs, ms };
      this.#finish(node, outcome, !shared);
    } catch (thrown) {
      const cancelled = hasAborted(signal);
      const error = cancelled
        ? new TowpathError('TOW_FLOW_CANCELLED', say('flow.step-cancelled', { step: node.name }))
        : asTowpathError(thrown);
      const status = cancelled ? 'cancelled' : 'failed';
      this.#finish(node, {
        status,
        key: job.key,
        facts: {},
        outputs: {},
        ms: clock.monotonic() - began,
        error,
      });
      await this.#deps.journal.flush();
    }
  }

  #finish(node: CheckedNode, outcome: StepOutcome, committed = false): void {
    const { status, key, facts, outputs, ms, error } = outcome;
    const record = error?.toRecord();
    this.#outcomes.set(node.name, outcome);
    if (!committed) {
      this.#deps.journal.later(node.name, {
        ...{ status, finishedAt: this.#deps.clock.now(), process: null, facts, outputs },
        ...(key !== undefined && { key }),
        ...(record !== undefined && { error: record }),
      });
    }
    const event = {
      type: 'step-finished',
      run: this.#options.run,
      step: node.name,
      status,
      ms,
      facts,
      outputs,
    } as const;
    this.#deps.emit({ ...event, ...(record !== undefined && { error: record }) });
  }

  async #codeOf({ kind }: CheckedNode): Promise<Digest> {
    const module = compiledModule(kind.module);
    const known = this.#codes.get(module);
    if (known !== undefined) return known;
    const code = await this.#options.codes.of(module);
    this.#codes.set(module, code);
    return code;
  }

  #inputsOf(node: CheckedNode): Record<string, Digest> {
    return Object.fromEntries(
      Object.entries(node.inputs).map(([name, input]) => {
        if ('artifact' in input) return [name, input.artifact];
        return [name, this.#outputOf(input.step, input.output)];
      }),
    );
  }

  #outputOf(step: string, output: string): Digest {
    const digest = this.#outcomes.get(step)?.outputs[output];
    if (digest === undefined) throw new SaidError(say('flow.has-no-output', { step, output }));
    return digest;
  }
}

function hasOutputs(outcome: StepOutcome | undefined): boolean {
  return outcome?.status === 'done' || outcome?.status === 'cached';
}

function dependantsOf(plan: Plan): Map<string, CheckedNode[]> {
  const dependants = new Map<string, CheckedNode[]>();
  for (const node of plan.nodes) {
    for (const name of node.needs) dependants.set(name, [...(dependants.get(name) ?? []), node]);
  }
  return dependants;
}
