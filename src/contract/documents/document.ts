import type { Language } from '../../core/language.ts';

/** How a text is laid out: with the marks of Markdown, or as paragraphs in which no character has a meaning of its own. */
export type Layout = 'markdown' | 'plain';

/** One document of the `documents.parquet` inside a dataset artifact; columns carry the same names. */
export interface DocumentRecord {
  /** Identity of the document: digest of its source name and path (and row, for tables); not of its text. */
  readonly id: string;
  /** Path relative to the project, or `path#row` for a row of a table: what a citation shows. */
  readonly source: string;
  readonly title: string;
  readonly language: Language;
  /** Normalised and masked. */
  readonly text: string;
  /** Of the text, as the format of its file says. */
  readonly layout: Layout;
  readonly split: 'train' | 'validation' | 'test';
}
