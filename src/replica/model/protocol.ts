import { z } from 'zod';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import { modelSettings, type ModelInfo } from '../../llama/settings.ts';
import type { CompletionEvent } from '../../contract/generator.ts';

/** What a supervisor sends as the child's first IPC message. */
export const startMessage = z.object({
  type: z.literal('start'),
  token: z.string().min(16),
  settings: modelSettings,
});

/** What the child sends back: once `ready`, or once `failed` before it exits. */
export type ReplicaMessage =
  | { readonly type: 'ready'; readonly port: number; readonly info: ModelInfo }
  | { readonly type: 'failed'; readonly error: ErrorRecord };

/** One line of the answer to POST /completion (NDJSON): events, and an error when decoding failed after the first. */
export type CompletionLine = CompletionEvent | { readonly error: ErrorRecord };

/** Body of POST /embed; answered by `{ vectors }`. */
export const embedBody = z.strictObject({ texts: z.array(z.string()).min(1).max(256) });

/** Body of GET /health. */
export interface ReplicaHealth {
  readonly status: 'ok';
  /** Requests that wait for the model: `busy` without those whose reader does not take what is written. */
  readonly working: number;
  /** Tokens read and written and texts embedded since it started: what stands still when the work does. */
  readonly progress: number;
  /** Milliseconds of processor time used, and one for each page of memory that came from the disk. */
  readonly effort: number;
  readonly slots: number;
  readonly busy: number;
  readonly waiting: number;
  readonly queue: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly requests: number;
  /** Requests whose client left before the end. */
  readonly aborted: number;
  /** Resident memory in bytes. */
  readonly memory: number;
}
