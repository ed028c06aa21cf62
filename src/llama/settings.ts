import { z } from 'zod';

/** How a model is opened. */
export const modelSettings = z.strictObject({
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

export type ModelSettings = z.input<typeof modelSettings>;
export type ResolvedModelSettings = z.output<typeof modelSettings>;

export interface ModelInfo {
  readonly architecture: string;
  /** Tokens of one slot. */
  readonly context: number;
  /** Whether the file carries a chat template; without one messages are written as plain "User:" turns. */
  readonly chatTemplate: boolean;
  readonly vectorSize: number;
  readonly gpu: string | false;
}
