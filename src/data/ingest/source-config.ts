import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';
import { encodings } from './encoding/detect.ts';
import { knownExtensions } from './source-settings.ts';

/** One entry of the `sources` key. */
export const sourceSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, encode(say('section.source-name')))
    .describe(
      'Name of the source: part of the identity of its documents, so renaming it makes new documents.',
    ),
  files: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      `Glob patterns relative to the project folder, for files that end in ${knownExtensions.join(', ')}.`,
    ),
  exclude: z.array(z.string().min(1)).default([]).describe('Glob patterns of files to leave out.'),
  encoding: z
    .enum(['auto', ...encodings])
    .default('auto')
    .describe(
      'Encoding of the files. auto tells UTF-8, UTF-16 and GB18030 apart and refuses what is ambiguous.',
    ),
  text: z.string().min(1).default('text').describe('Tables: the column that holds a document’s text.'),
  title: z.string().min(1).optional().describe('Tables: a column with a title.'),
  id: z
    .string()
    .min(1)
    .optional()
    .describe('Tables: a column that gives a row its identity. Without it the row’s number does.'),
});

export type SourceConfig = z.infer<typeof sourceSchema>;
