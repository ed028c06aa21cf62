import type { Language } from '../core/language.ts';

/** One row of the `passages` table inside an index artifact; columns carry the same names. */
export interface Passage {
  readonly id: string;
  /** `DocumentRecord.id` of the document it was cut from. */
  readonly document: string;
  readonly source: string;
  /** The headings above it, outermost first, joined by ` > `. */
  readonly heading: string;
  readonly text: string;
  readonly language: Language;
  /** Place among the passages of its document, from 0. */
  readonly ordinal: number;
}
