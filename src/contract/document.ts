import type { Language } from '../core/language.ts';

/** One document of the `documents.parquet` inside a dataset artifact; columns carry the same names. */
export interface DocumentRecord {
  /** Identity of the document: digest of its source name and path (and row, for tables); not of its text. */
  readonly id: string;
  /** Path relative to the project, or `path#row` for a row of a table: what a citation shows. */
  readonly source: string;
  readonly title: string;
  readonly language: Language;
  /** Normalised and masked. Markdown and HTML arrive as Markdown-like text with `#` headings kept. */
  readonly text: string;
  readonly split: 'train' | 'validation' | 'test';
}
