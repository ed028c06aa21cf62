import type { RejectReason } from '../ingest/reject.ts';

/** A document as a format reader found it. */
export interface FoundDocument {
  /** Row of a table: its identity, or its number from 1. */
  readonly row?: string;
  readonly title: string;
  readonly text: string;
  /**
   * Lines of the file it stands in: `1-40` of a whole file, whose text ends with its last line; `12` of a row. Undefined
   * where a line of the text is none of the file's.
   */
  readonly lines?: string;
}

/** Where format readers put what they find. */
export interface DocumentSink {
  document(found: FoundDocument): void;
  /** @param row the row of a table, when it is known */
  reject(reason: RejectReason, row?: string): void;
}
