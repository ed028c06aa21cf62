import type { FoundDocument } from '../document-sink.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';

/** A file of a format, and what its reader makes of it: `testing/sample.ts` of the format's folder exports one. */
export interface FormatSample {
  /** A table has three rows at least. */
  bytes(): Uint8Array | Promise<Uint8Array>;
  /** Of the source, where they are not those that a source has of itself. */
  readonly settings?: Partial<SourceSettings>;
  /** In the file's order. */
  readonly documents: readonly FoundDocument[];
  /** Of so many bytes of it a reader does not take everything. */
  readonly cut: number;
  /** Any text is a file of this format, whatever its author had in mind. */
  readonly anyText?: true;
}
