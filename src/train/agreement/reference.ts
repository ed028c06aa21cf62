import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const tokens = z.array(z.int().min(0)).min(1);

const reference = z.object({
  schema: z.literal(1),
  prompts: z.array(z.object({ tokens, next: z.array(z.int()), gaps: z.array(z.number()) })),
  texts: z.array(tokens),
  surprise: z.number(),
  scored: z.int(),
});

/**
 * What PyTorch made of a model in float32: `next` the likeliest tokens after a prompt, `gaps` how far each one's logit is
 * above the second one's; `surprise` the mean negative log-likelihood (nats) of the `scored` tokens of the texts.
 */
export type Reference = z.infer<typeof reference>;

/** @throws ZodError or the file system's error: it is written by the trainer only */
export async function readReference(path: string): Promise<Reference> {
  return reference.parse(JSON.parse(await readFile(path, 'utf8')));
}
