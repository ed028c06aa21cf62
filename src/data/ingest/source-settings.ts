import { z } from 'zod';
import { encodings } from './encoding/detect.ts';

/** Settings of a source that decide what is read from its files. */
export const sourceSettings = z.strictObject({
  encoding: z.enum(['auto', ...encodings]),
  text: z.string(),
  title: z.string().optional(),
  id: z.string().optional(),
});
export type SourceSettings = z.infer<typeof sourceSettings>;
