import type { CurvePoint } from '../../contract/curve.ts';
import type { Json } from '../../core/canonical-json.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Progress } from '../../contract/progress.ts';
import type { PlacedTask } from './placed-task.ts';

/** From the engine to a step process. */
export type ToStep =
  /** `token` marks the end of this task's output on both streams. */
  { readonly type: 'run'; readonly task: PlacedTask; readonly token: string } | { readonly type: 'cancel' };

/** From a step process to the engine. */
export type FromStep =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'metric'; readonly point: CurvePoint }
  /** `reusable`: nothing of the step is left in the process. */
  | { readonly type: 'done'; readonly facts: Readonly<Record<string, Json>>; readonly reusable: boolean }
  | { readonly type: 'failed'; readonly error: ErrorRecord };

/** Starts a line that the step process itself writes; programs do not print this character (record separator). */
export const mark = '\u001e';
export const logMark = `${mark}log `;
export const endMark = (token: string): string => `${mark}end ${token}`;
