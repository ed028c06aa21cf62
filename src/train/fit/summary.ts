import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StepFacts } from '../../flow/step.ts';

export const summarySchema = z.object({
  schema: z.literal(1),
  steps: z.int(),
  /** The validated checkpoint that is the result; null when nothing was held back to validate with. */
  best: z.object({ step: z.int(), validation_loss: z.number() }).nullable(),
  stopped: z.enum(['finished', 'early']),
  parameters: z.object({ all: z.int(), trainable: z.int() }),
  /** Tokens seen in training. */
  tokens: z.int(),
  seconds: z.number(),
  waited_seconds: z.number(),
  energy_joules: z.number().nullable(),
  device: z.string(),
  precision: z.string(),
  threads: z.int(),
  /** Sequences in one forward pass, in the end. */
  micro: z.int(),
  skipped: z.array(z.object({ batch: z.int(), documents: z.array(z.string()) })),
  /** Null for a package that is not there. */
  versions: z.record(z.string(), z.string().nullable()),
});

/** `summary.json` of a history artifact. */
export type TrainingSummary = z.infer<typeof summarySchema>;

/** @throws ZodError or the file system's error: a history is written by the trainer only */
export async function readSummary(history: string): Promise<TrainingSummary> {
  return summarySchema.parse(JSON.parse(await readFile(join(history, 'summary.json'), 'utf8')));
}

/** What of it is worth showing beside a step. */
export function summaryFacts(of: TrainingSummary): StepFacts {
  const { steps, best, stopped, parameters, tokens, seconds, device, precision, skipped } = of;
  return {
    steps,
    stopped,
    validation_loss: best?.validation_loss ?? null,
    best_step: best?.step ?? null,
    parameters: parameters.all,
    trainable: parameters.trainable,
    tokens,
    tokens_per_second: Math.round(tokens / Math.max(seconds, 1e-3)),
    device,
    precision,
    skipped: skipped.length,
  };
}
