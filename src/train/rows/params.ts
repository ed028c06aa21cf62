import { z } from 'zod';
import { sourceFile } from './source-file.ts';

const service = z.strictObject({ system: z.string(), user: z.string(), declined: z.string() });

/** What of a project a job's rows are made of: part of the parameters of the steps that read them. */
export const rowParams = {
  /** Learn the text of the dataset's documents. */
  documents: z.boolean(),
  /** Files of examples. */
  examples: z.array(sourceFile),
  /** How serving asks about a passage, by language. */
  services: z.strictObject({ en: service, zh: service }),
};
