import { z } from 'zod';
import { isMessage, type Message } from '../../core/messages/message.ts';
import { sourceSettings } from './source-settings.ts';

const listedFile = z.strictObject({
  /** Name of the source. */
  source: z.string(),
  /** Relative to the project folder, with `/`. */
  path: z.string(),
  /** SHA-256 of the content; empty when there is a problem. */
  digest: z.string(),
  bytes: z.number(),
  /** Why the file cannot be read, found when it was listed. */
  problem: z.strictObject({ code: z.string(), reason: z.custom<Message>(isMessage) }).optional(),
});
export type ListedFile = z.infer<typeof listedFile>;

/** Parameters of `data.ingest`, made by `listSources`. */
export const ingestParams = z.strictObject({
  files: z.array(listedFile),
  /** Settings by source name. */
  sources: z.record(z.string(), sourceSettings),
  /** Bytes of the largest document: a file, or a row of a table. */
  maxFileSize: z.number().positive(),
});
export type IngestParams = z.infer<typeof ingestParams>;
