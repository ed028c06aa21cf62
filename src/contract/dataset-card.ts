import { z } from 'zod';
import { jsonFormat } from './json-format.ts';

const count = z.int().nonnegative();

const fields = z.object({
  documents: count,
  characters: count,
  languages: z.record(z.string(), z.object({ documents: count, characters: count })),
  splits: z.record(z.string(), count),
  /** Documents, rows and files left out, by reason code: those of reading and those of preparing. */
  rejected: z.record(z.string(), count),
  /** Places masked, by kind, in the documents before duplicates were taken out. */
  masked: z.record(z.string(), count),
  /** The files that it was made from. */
  sources: z
    .array(z.object({ source: z.string(), path: z.string(), digest: z.string(), bytes: count }))
    .readonly(),
});

/** What a dataset is made of and what was left out. */
export type DatasetCard = z.output<typeof fields>;

/** The `card.json` of a dataset artifact. */
export const datasetCardFormat = jsonFormat({ file: 'card.json', version: 1, fields });
