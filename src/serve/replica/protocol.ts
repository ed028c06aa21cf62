import { z } from 'zod';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import { encode, say } from '../../core/messages/message.ts';
import type { CompletionEvent } from './generator.ts';

/** What a supervisor sends as the child's first IPC message: `{ type: 'start', token, settings }`. */
export const replicaSettings = z.strictObject({
  /** Absolute path of a GGUF file. */
  modelPath: z.string().min(1),
  /** A GGUF LoRA adapter applied over the model; the model's own weights stay shared with other processes. */
  adapter: z
    .strictObject({
      /** Absolute path of the file. */
      path: z.string().min(1),
      /** How much of the change is applied. */
      scale: z.number().default(1),
    })
    .optional(),
  /** Cores that this replica may use. llama.cpp collapses when given more than there are, so it is never guessed. */
  threads: z.int().min(1),
  /** Requests decoded in one batch. */
  slots: z.int().min(1).max(64).default(2),
  /** Requests that may wait for a slot. */
  queue: z.int().min(0).default(32),
  /** Tokens of one slot: prompt and answer together. */
  context: z.int().min(64).default(2048),
  /** `generate` answers POST /completion, `embed` answers POST /embed. */
  mode: z.enum(['generate', 'embed']).default('generate'),
  /** `auto` uses a GPU where one is found and its libraries are installed. */
  gpu: z.enum(['off', 'auto']).default('off'),
});

export type ReplicaSettings = z.input<typeof replicaSettings>;
export type ResolvedReplicaSettings = z.output<typeof replicaSettings>;

export const startMessage = z.object({
  type: z.literal('start'),
  token: z.string().min(16),
  settings: replicaSettings,
});

/** What the child sends back: once `ready`, or once `failed` before it exits. */
export type ReplicaMessage =
  | { readonly type: 'ready'; readonly port: number; readonly info: ModelInfo }
  | { readonly type: 'failed'; readonly error: ErrorRecord };

export interface ModelInfo {
  readonly architecture: string;
  /** Tokens of one slot. */
  readonly context: number;
  /** Whether the file carries a chat template; without one messages are written as plain "User:" turns. */
  readonly chatTemplate: boolean;
  readonly vectorSize: number;
  readonly gpu: string | false;
}

const nonNegative = z.number().min(0);

/** Body of POST /completion. */
export const completionBody = z
  .strictObject({
    prompt: z.string().optional(),
    messages: z
      .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
      .min(1)
      .optional(),
    maxTokens: z.int().min(1),
    temperature: nonNegative.max(5).default(0),
    topP: z.number().gt(0).max(1).optional(),
    topK: z.int().min(0).optional(),
    minP: nonNegative.max(1).optional(),
    seed: z.int().min(0).max(0xffff_ffff).default(0),
    stop: z.array(z.string().min(1)).max(16).default([]),
    grammar: z.string().max(100_000).optional(),
  })
  .refine((body) => (body.prompt === undefined) !== (body.messages === undefined), {
    message: encode(say('replica.either')),
  });

export type CompletionBody = z.output<typeof completionBody>;

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
