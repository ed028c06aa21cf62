import type { CurvePoint } from '../../core/curve.ts';
import type { Json } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { ProcessIdentity } from '../../core/process-identity.ts';
import type { Progress } from '../../core/progress.ts';
import type { LogSource } from '../events.ts';

/** One step ready to run: paths instead of digests, nothing left to decide. Plain JSON. */
export interface StepTask {
  readonly step: string;
  readonly kind: string;
  readonly code: Digest;
  /** URL of the compiled module, and the export that holds its kind. */
  readonly module: string;
  readonly exportName: string;
  readonly params: Json;
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly scratch: string;
  readonly projectDir: string;
  readonly keepDir: string;
  readonly seed: number;
  readonly cores: number;
  /** Heap limit in MiB. */
  readonly memory: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Milliseconds between asking it to stop and killing it, where the executor's own are too few. */
  readonly grace?: number;
  readonly fresh: boolean;
}

export interface TaskListener {
  /** The process that will run it; the step starts when this settles, so that it is on record before it acts. */
  started(process: ProcessIdentity | undefined): Promise<void>;
  progress(progress: Progress): void;
  metric(point: CurvePoint): void;
  line(source: LogSource, line: string): void;
}

export type TaskOutcome =
  | { readonly type: 'done'; readonly facts: Readonly<Record<string, Json>> }
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  /** It ended without a word: a crash, a kill from outside, a call to exit. */
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly type: 'stopped'; readonly why: 'cancelled' | 'timeout' };

/** Where steps run. What a step is does not depend on it. */
export interface Executor {
  /** Runs one task to its end; afterwards nothing of it is running. Rejects only when it could not be started. */
  run(task: StepTask, listener: TaskListener, signal: AbortSignal): Promise<TaskOutcome>;
  /** Ends what is kept warm between tasks. */
  close(): Promise<void>;
}
