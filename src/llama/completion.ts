import { z } from 'zod';
import { encode, say } from '../core/messages/message.ts';

const nonNegative = z.number().min(0);

/** What a model is asked to write, with its defaults. */
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
