import { z } from 'zod';
import { isMessage, type Message } from '../../../core/messages/message.ts';
import { sourceSettings } from '../../ingest/source-settings.ts';
import type { RejectReason } from '../../ingest/reject.ts';

/** What the process that reads a file is given, as JSON, as its one argument. */
export const readingTask = z.strictObject({
  /** URL of the compiled module that exports the format. */
  module: z.string(),
  /** As the source names it. */
  path: z.string(),
  /** Where its bytes are. */
  copy: z.string(),
  settings: sourceSettings,
  maxBytes: z.number(),
  scratch: z.string(),
  /** MiB and milliseconds after which the process ends itself, should nobody do it. */
  memory: z.number(),
  time: z.number(),
});
export type ReadingTask = z.infer<typeof readingTask>;

const rejectReason = z
  .strictObject({
    code: z.string().regex(/^TOW_DATA_[A-Z_]+$/),
    reason: z.custom<Message>(isMessage),
    line: z.int().positive().optional(),
  })
  .transform((reason) => reason as RejectReason);

/** A line that it writes to its fourth stream: what it prints is nobody's. The last is `end`, `refused` or `fault`. */
const readingRecord = z.union([
  z.strictObject({
    document: z.strictObject({
      row: z.string().optional(),
      title: z.string(),
      text: z.string(),
      lines: z.string().optional(),
    }),
  }),
  z.strictObject({ reject: rejectReason, row: z.string().optional() }),
  /** Nothing of the file can be taken. */
  z.strictObject({ refused: rejectReason }),
  /** What the reader threw otherwise. */
  z.strictObject({ fault: z.string() }),
  z.strictObject({ end: z.literal(true) }),
]);
export type ReadingRecord = z.infer<typeof readingRecord>;

/** The stream of the process that these lines go through. */
export const recordStream = 3;

/** A line, or undefined where no reader of ours wrote it. */
export function parseRecord(line: string): ReadingRecord | undefined {
  try {
    return readingRecord.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
