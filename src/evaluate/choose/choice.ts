import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isMessage, type Message } from '../../core/messages/message.ts';

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

/** Which of two models is released, and why: `choice.json` of a choice artifact. */
export type Choice = z.infer<typeof choiceSchema>;

/** Reads a choice artifact. @throws ZodError or the file system's error: only the choose step writes one */
export async function readChoice(folder: string): Promise<Choice> {
  return choiceSchema.parse(JSON.parse(await readFile(join(folder, 'choice.json'), 'utf8')));
}
