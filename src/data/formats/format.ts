import type { Layout } from '../../contract/documents/document.ts';
import type { Message, Text } from '../../core/messages/message.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { SourceSettings } from '../ingest/source-settings.ts';
import type { DocumentSink } from './document-sink.ts';

/**
 * A format that files of a source may be in: all that Towpath knows about it. One folder beside this file and one row
 * in `table.ts`; nothing outside of the folder asks for a format by its name.
 *
 * A row is loaded by every command that looks at the project file: what reads files is imported by `load`.
 */
export type DocumentFormat = TableFormat | WholeFormat;

/** Every row of a file is a document. */
export interface TableFormat extends FormatRow {
  readonly kind: 'table';
  load(): Promise<FormatReader<TableHead>>;
}

/** A file is one document. */
export interface WholeFormat extends FormatRow {
  readonly kind: 'document';
  load(): Promise<FormatReader<DocumentHead>>;
}

interface FormatRow {
  /** One lower-case word: the name of its folder, and the `format` of its documents in `raw.parquet`. */
  readonly name: string;
  /** What people call it. */
  readonly title: Text;
  /** Endings of its file names, in lower case, without the dot. No other format has any of them. */
  readonly endings: readonly [string, ...string[]];
  /** Names of it in HTTP and mail, the registered one first. No other format has any of them. */
  readonly mediaTypes: readonly [string, ...string[]];
  /** What `data.max_file_size` bounds: the file, or each row of one that may be far larger. */
  readonly bounds: 'file' | 'row';
  /** Settings of a source that mean something for it. `validate` refuses `title` and `id` where no file has a use for them. */
  readonly options: readonly (keyof SourceSettings)[];
  /** How the texts that it gives are laid out: passages are cut by it. */
  readonly layout: Layout;
  /** How its files begin, where each does: under the ending of another format such a file is refused by its kind. */
  readonly signatures: readonly Signature[];
  /** Set where reading a file may not end, or may take any memory: each is then read in a process of its own. */
  readonly isolated?: Isolation;
}

export interface Signature {
  /** Part of a sentence: `a Parquet file`. */
  readonly kind: Message;
  readonly bytes: readonly number[];
}

/** A process for one file. Its end before the file's, for whatever reason, is why the file is rejected. */
export interface Isolation {
  /** `import.meta.url` of the module that exports the row as `format`: the process knows nothing else of it. */
  readonly module: string;
  /** MiB that the process may take, Node.js with its 50 or so included. */
  readonly memory: number;
  /** Milliseconds that the reading of one file may take: far more than a slow machine needs, for a reject is kept as a result. */
  readonly time: number;
}

/** What reads the files of a format. */
export interface FormatReader<Head> {
  /**
   * Puts the documents of a file into the sink, in the file's order, and says there of every part that it leaves out
   * why. The same bytes give the same documents, whatever stands around them.
   *
   * @throws RejectError where nothing of the file can be taken: what it gave before is withdrawn. Another error without
   *   a `code` is told as a fault of the file, one with a `code` ends the step
   */
  read(file: FileToRead, context: ReadContext, sink: DocumentSink): Promise<void>;
  /**
   * The beginning of a file as `read` would take it, for `init` and `validate`; nothing beyond what that needs is read.
   * Left out where the beginning tells nothing: `init` takes such files by their names. Not asked of an isolated format,
   * whose files are looked at by reading them.
   *
   * @throws RejectError as `read` does, where the beginning tells already
   */
  look?(file: FileToLookAt, encoding: SourceSettings['encoding']): Promise<Head>;
}

/** What is read block by block. */
export interface Blocks {
  /** The next bytes, at most 1 MiB; undefined at the end. */
  next(): Promise<Buffer | undefined>;
}

/** A file of a source. That it is what was listed is seen to by whoever gives it. */
export interface FileToRead extends Blocks {
  /** As the source names it: for titles, never to be opened. */
  readonly path: string;
  readonly bytes: number;
  /** All that is left. */
  whole(): Promise<Buffer>;
  /**
   * Absolute path of a copy that nobody else changes, for libraries that open files themselves; made at the first call, which
   * comes before anything is read.
   */
  copy(): Promise<string>;
}

/** A file before a run. */
export interface FileToLookAt extends Blocks {
  readonly path: string;
  readonly bytes: number;
}

export interface ReadContext {
  readonly settings: SourceSettings;
  /** Bytes of the largest document. */
  readonly maxBytes: number;
  /** A folder for whatever the reader puts down; it takes that away again. */
  readonly scratch: string;
}

/** How a table begins. */
export interface TableHead {
  readonly columns: readonly string[];
  /** Its first rows, field by field; those that the reader refuses are left out. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Why there is none of these. */
  readonly refused?: RejectReason;
}

/** How a document begins. */
export interface DocumentHead {
  /** Its text so far, without markup. */
  readonly text: string;
  /** There is more of the file, which may have text where this has none. */
  readonly more: boolean;
}
