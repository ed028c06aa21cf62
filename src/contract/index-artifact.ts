import type { Digest } from '../core/digest.ts';
import type { Language } from '../core/language.ts';

/** How an index artifact is laid out; one of another layout cannot be searched. */
export const indexSchema = 2;

/** The `index.json` beside the table of an index artifact. */
export interface IndexManifest {
  readonly schema: typeof indexSchema;
  readonly documents: number;
  readonly passages: number;
  /** Passages by language. */
  readonly languages: Readonly<Partial<Record<Language, number>>>;
  /** How the words were made; a question must be cut the same way. */
  readonly terms: string;
  readonly dense: boolean;
  /** SHA-256 of the weights of the model that made the vectors, their length, and the languages that have them. */
  readonly embedder?: {
    readonly weights: string;
    readonly dimensions: number;
    /** All, when absent. */
    readonly languages?: readonly Language[];
  };
  /** Digest over the passages in order: equal for equal content, though the bytes of the table differ. */
  readonly content: Digest;
}

/** The column that the words of a language are in, so that rarity and length are counted within the language. */
export function wordsColumn(language: Language): string {
  return `words_${language}`;
}
