import type { Json } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Message } from '../../core/messages/message.ts';
import type { ProcessIdentity } from '../../core/process-identity.ts';

/** `interrupted`: its engine died; what it had finished is kept and the next run goes on from there. */
export type RunStatus = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** `cached`: an earlier result was reused. `skipped`: something it needs failed, so it never started. */
export type StepStatus =
  'pending' | 'running' | 'done' | 'cached' | 'failed' | 'skipped' | 'cancelled' | 'interrupted';

export interface RunRecord {
  readonly id: string;
  /** Digest of the plan, code aside: two runs of one plan have the same. */
  readonly plan: Digest;
  readonly status: RunStatus;
  readonly engine: ProcessIdentity;
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** The interrupted run of the same plan that this one goes on from. */
  readonly resumedFrom?: string;
  readonly error?: ErrorRecord;
  /** Whatever the caller wants to find again: project, config digest, trigger. */
  readonly labels: Readonly<Record<string, string>>;
  readonly cancelAskedBy?: string;
}

export interface RunStepRecord {
  readonly run: string;
  readonly name: string;
  readonly position: number;
  readonly kind: string;
  readonly status: StepStatus;
  readonly key?: Digest;
  /** Why the cache did not have it: `first run`, `code changed`, `parameter split.train changed`. */
  readonly reason?: string;
  /** The reason, for readers of another language; absent in records of earlier versions. */
  readonly reasonText?: Message;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Times it was started: 2 after something outside killed the first try. */
  readonly attempts: number;
  readonly process?: ProcessIdentity;
  readonly error?: ErrorRecord;
  readonly facts?: Readonly<Record<string, Json>>;
  readonly outputs?: Readonly<Record<string, Digest>>;
}

export interface NewRun {
  readonly id: string;
  readonly plan: Digest;
  readonly engine: ProcessIdentity;
  readonly startedAt: number;
  readonly resumedFrom?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly name: string; readonly kind: string }[];
}

/** A change of one step's state; allowed only along `stepTransitions`. */
export interface StepChange {
  readonly status: StepStatus;
  readonly key?: Digest;
  readonly reason?: string;
  readonly reasonText?: Message;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly attempts?: number;
  /** `null` forgets it. */
  readonly process?: ProcessIdentity | null;
  readonly error?: ErrorRecord;
  readonly facts?: Readonly<Record<string, Json>>;
  readonly outputs?: Readonly<Record<string, Digest>>;
}

export const stepTransitions: Readonly<Record<StepStatus, readonly StepStatus[]>> = {
  pending: ['running', 'cached', 'skipped', 'failed', 'cancelled', 'interrupted'],
  running: ['running', 'done', 'cached', 'failed', 'cancelled', 'interrupted'],
  done: [],
  cached: [],
  failed: [],
  skipped: [],
  cancelled: [],
  interrupted: [],
};

/** The journal: every run and how far each of its steps came. A state once final never changes. */
export interface RunRecords {
  create(run: NewRun): Promise<void>;
  /** Applies changes in one transaction. Returns the names whose state did not allow theirs. */
  changeSteps(run: string, changes: ReadonlyMap<string, StepChange>): Promise<string[]>;
  /** Ends a running run; steps that are not final take `steps` as their state. False when it had ended before. */
  finish(
    run: string,
    end: { status: Exclude<RunStatus, 'running'>; at: number; error?: ErrorRecord; steps: StepStatus },
  ): Promise<boolean>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Ids that begin with `prefix`, newest first, at most `limit`. */
  find(prefix: string, limit: number): Promise<string[]>;
  /** Newest first. */
  list(options?: { status?: RunStatus; plan?: Digest; limit?: number }): Promise<RunRecord[]>;
  steps(run: string): Promise<RunStepRecord[]>;
  step(run: string, name: string): Promise<RunStepRecord | undefined>;
  /** Leaves a request that the run's engine sees within a second. False when the run is not running. */
  askCancel(run: string, by: string, at: number): Promise<boolean>;
  cancelAsked(run: string): Promise<string | undefined>;
  /** Runs that used the result of this key, newest first. */
  usedBy(keys: readonly Digest[], limit: number): Promise<{ run: string; step: string; key: Digest }[]>;
}
