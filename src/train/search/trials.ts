import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import { isMessage, type Message } from '../../core/messages/message.ts';
import { searchEntry } from '../jobs/search.ts';

const setting = z.union([z.number(), z.string(), z.boolean()]);

const trial = z.object({
  number: z.int(),
  settings: z.record(z.string(), setting),
  state: z.enum(['complete', 'pruned', 'failed']),
  /** Of a pruned or failed trial up to its last validation. */
  steps: z.int(),
  /** The best one; null when it was never validated. */
  validation_loss: z.number().nullable(),
  seconds: z.number(),
  reason: z.string().optional(),
  /** What the reason is made of. */
  reason_text: z.custom<Message>(isMessage).optional(),
  /** Step and loss of each validation; null where the loss was no number. */
  validations: z.array(z.tuple([z.int(), z.number().nullable()])),
});

export const trialsSchema = z.object({
  job: z.string(),
  ranges: searchEntry.shape.ranges,
  trials: z.array(trial),
  /** Number of the trial that is the result. */
  best: z.int(),
});

/** What a search tried, and what came of it. */
export type SearchTrials = z.infer<typeof trialsSchema>;
export type SearchTrial = z.infer<typeof trial>;

/** The `trials.json` of a trials artifact, which the trainer writes. */
export const trialsFormat = jsonFormat({ file: 'trials.json', version: 1, fields: trialsSchema });

/** The trial that is the result. */
export function bestTrial({ trials, best }: SearchTrials): SearchTrial | undefined {
  return trials.find(({ number }) => number === best);
}

/** How many trials there were, and how many of them did not come to their end. */
export function trialCounts({
  trials,
}: SearchTrials): Readonly<Record<'trials' | 'pruned' | 'failed', number>> {
  const count = (state: SearchTrial['state']): number =>
    trials.filter((trial) => trial.state === state).length;
  return { trials: trials.length, pruned: count('pruned'), failed: count('failed') };
}
