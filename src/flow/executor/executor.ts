import type { CurvePoint } from '../../contract/curve.ts';
import type { Json } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { ProcessIdentity } from '../../core/process-identity.ts';
import type { Progress } from '../../contract/progress.ts';
import type { ArtifactInfo } from '../../store/artifacts/artifact-store.ts';
import type { LogSource } from '../events.ts';

/** One step ready to run, in digests and names: where it runs makes the paths. Plain JSON. */
export interface StepTask {
  readonly step: string;
  readonly kind: string;
  readonly code: Digest;
  /** URL of the compiled module, and the export that holds its kind. */
  readonly module: string;
  readonly exportName: string;
  readonly params: Json;
  readonly inputs: Readonly<Record<string, Digest>>;
  readonly outputs: readonly string[];
  /** Name of the file in its scratch folder that is handed over should it fail. */
  readonly leaves?: string;
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

/** All that passes between the place where a task runs and the engine's store. */
export interface Exchange {
  /** Read-only path of an artifact on the engine's machine, every byte of it verified. */
  open(digest: Digest, signal: AbortSignal): Promise<string>;
  /** Takes what the task wrote for an output into the store: afterwards it is no longer at `path`. */
  adopt(output: string, path: string, signal: AbortSignal): Promise<ArtifactInfo>;
  /** Takes what a task that failed had found out until then; never rejects. */
  leave(name: string, path: string): Promise<void>;
}

export interface TaskListener {
  /** The process that will run it; the step starts when this settles, so that it is on record before it acts. */
  started(process: ProcessIdentity | undefined): Promise<void>;
  progress(progress: Progress): void;
  metric(point: CurvePoint): void;
  line(source: LogSource, line: string): void;
}

export type TaskOutcome =
  | {
      readonly type: 'done';
      readonly facts: Readonly<Record<string, Json>>;
      readonly outputs: Readonly<Record<string, ArtifactInfo>>;
    }
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  /** It ended without a word: a crash, a kill from outside, a call to exit. */
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly type: 'stopped'; readonly why: 'cancelled' | 'timeout' };

/**
 * Where steps run. What a step is does not depend on it: it gets the inputs there, a copy of the project's sources, a folder
 * that is kept between attempts, and takes the outputs from there.
 */
export interface Executor {
  /**
   * Runs one task to its end; afterwards nothing of it is running and nothing that it wrote is left but what is kept.
   * Rejects only when it could not be started, or an input or output could not be had.
   *
   * @throws TOW_FLOW_STEP_OUTPUT_MISSING, and what `exchange` does
   */
  run(task: StepTask, exchange: Exchange, listener: TaskListener, signal: AbortSignal): Promise<TaskOutcome>;
  /** Ends what is kept warm between tasks. */
  close(): Promise<void>;
}
