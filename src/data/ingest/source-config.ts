import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';
import { encodings } from './encoding/detect.ts';

/** One entry of the `sources` key. @param endings of file names that some format has */
export const sourceSchema = (endings: readonly string[]) =>
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, encode(say('section.source-name')))
      .describe(encode(say('setting.sources.name'))),
    files: z
      .array(z.string().min(1))
      .min(1)
      .describe(encode(say('setting.sources.files', { endings }))),
    exclude: z
      .array(z.string().min(1))
      .default([])
      .describe(encode(say('setting.sources.exclude'))),
    encoding: z
      .enum(['auto', ...encodings])
      .default('auto')
      .describe(encode(say('setting.sources.encoding'))),
    text: z
      .string()
      .min(1)
      .default('text')
      .describe(encode(say('setting.sources.text'))),
    title: z
      .string()
      .min(1)
      .optional()
      .describe(encode(say('setting.sources.title'))),
    id: z
      .string()
      .min(1)
      .optional()
      .describe(encode(say('setting.sources.id'))),
  });

export type SourceConfig = z.infer<ReturnType<typeof sourceSchema>>;
