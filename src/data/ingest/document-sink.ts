import type { RejectReason } from './reject.ts';

/** A document as a format reader found it. */
export interface FoundDocument {
  /** Row of a table: its identity, or its number from 1. */
  readonly row?: string;
  readonly title: string;
  readonly text: string;
  /** Lines of the file it stands in: `1-40`, `12`; undefined where the format has none. */
  readonly lines?: string;
}

/** Where format readers put what they find. */
export interface DocumentSink {
  document(found: FoundDocument): void;
  /** @param row the row of a table, when it is known */
  reject(reason: RejectReason, row?: string): void;
}
