import type { ErrorRecord } from '../core/errors/towpath-error.ts';
import type { ProgressRecord } from './progress.ts';

/** A step of the first run, as far as it is. */
export interface StepProgress {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';
  /** Milliseconds that it took, or has taken so far; absent while it waits. */
  readonly ms?: number;
  readonly progress?: ProgressRecord;
}

/** What a service does that has no live release yet. */
export interface FirstRun {
  /** `starting`: the release is there, its replicas load. */
  readonly state: 'running' | 'starting' | 'failed' | 'cancelled';
  /** Absent while the run is being planned, and when the release was made before. */
  readonly run?: string;
  /** Milliseconds since the service began. */
  readonly ms: number;
  /** In the order of the plan. */
  readonly steps: readonly StepProgress[];
  readonly replica?: { readonly release: string; readonly replica: number; readonly of: number };
  /** Why it failed. */
  readonly error?: Pick<ErrorRecord, 'code' | 'kind' | 'message' | 'where' | 'hint' | 'texts'>;
}

/** Body of GET /v1/progress and data of its events: the live release, or how far the first one is. */
export interface ServiceProgress {
  readonly release?: string;
  readonly firstRun?: FirstRun;
}

/** How many steps have ended well. */
export function stepsDone({ steps }: FirstRun): number {
  return steps.filter(({ state }) => state === 'done' || state === 'cached').length;
}
