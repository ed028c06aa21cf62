import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import type { StepFacts } from '../../flow/step.ts';
import { trainerJob } from '../jobs/schema.ts';

export const summarySchema = z.object({
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

export type TrainingSummary = z.infer<typeof summarySchema>;

/** The `summary.json` of a history artifact, which the trainer writes: after a search the job has the winner's settings. */
export const summaryFormat = jsonFormat({
  file: 'summary.json',
  version: 1,
  fields: summarySchema.extend({ job: trainerJob }),
});

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
