import { z } from 'zod';
import { isMessage, type Message } from '../core/messages/message.ts';
import { jsonFormat } from './json-format.ts';

export const choiceSchema = z.object({
  /** Name of the training job. */
  job: z.string(),
  metric: z.string(),
  chosen: z.enum(['trained', 'untrained']),
  untrained: z.number(),
  trained: z.number(),
  /** Improvement of the trained one: positive is better, whichever way the metric runs. */
  improvement: z.number(),
  /** 95% interval of the improvement, paired by question and resampled by document. */
  low: z.number(),
  high: z.number(),
  questions: z.int(),
  /** The result in a sentence without a full stop, in English: versions up to 0.1 wrote it. */
  reason: z.string().optional(),
  /** The same for any reader. */
  text: z.custom<Message>(isMessage).optional(),
});

/** Which of two models is released, and why. */
export type Choice = z.infer<typeof choiceSchema>;

/** The `choice.json` of a choice artifact. */
export const choiceFormat = jsonFormat({ file: 'choice.json', version: 1, fields: choiceSchema });
