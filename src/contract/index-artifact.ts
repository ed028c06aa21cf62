import { z } from 'zod';
import { digestSchema } from '../core/digest-schema.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { languages, type Language } from '../core/language.ts';
import { say } from '../core/messages/message.ts';
import { jsonFormat } from './json-format.ts';

const language = z.enum([...languages, 'und']);

const fields = z.object({
  documents: z.int(),
  passages: z.int(),
  /** Passages by language. */
  languages: z.partialRecord(language, z.int()),
  /** How the words were made; a question must be cut the same way. */
  terms: z.string(),
  dense: z.boolean(),
  /** SHA-256 of the weights of the model that made the vectors, their length, and the languages that have them. */
  embedder: z
    .object({
      weights: digestSchema,
      dimensions: z.int(),
      /** All, when absent. */
      languages: z.array(language).readonly().optional(),
    })
    .optional(),
  /** Digest over the passages in order: equal for equal content, though the bytes of the table differ. */
  content: digestSchema,
});

export type IndexManifest = z.output<typeof fields>;

/** The `index.json` beside the table of an index artifact; one of another layout cannot be searched. */
export const indexFormat = jsonFormat({
  ...{ file: 'index.json', version: 2, fields },
  unreadable: ({ why, where, cause }) =>
    new TowpathError('TOW_DATA_INDEX_UNREADABLE', say('contract.unreadable', { where, why }), {
      ...{ where, cause },
    }),
});

/** The column that the words of a language are in, so that rarity and length are counted within the language. */
export function wordsColumn(of: Language): string {
  return `words_${of}`;
}
