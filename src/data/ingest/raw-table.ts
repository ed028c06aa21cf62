import { digestBytes } from '../../core/digest.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Database } from '../../duckdb/database.ts';
import type { LargestDocument } from '../../duckdb/memory.ts';
import { writeParquet } from '../../duckdb/parquet-file.ts';
import { RowAppender } from '../../duckdb/row-appender.ts';
import type { FoundDocument } from '../formats/document-sink.ts';
import type { DocumentFormat } from '../formats/format.ts';
import type { ListedFile } from './params.ts';

/** Name of the Parquet file inside a documents artifact. */
export const rawFile = 'raw.parquet';

/** Columns of `raw.parquet`, in order, all VARCHAR; `origin` is the source's name, `lines` may be null. */
const rawColumns = [
  'id',
  'origin',
  'source',
  'title',
  'language',
  'text',
  'format',
  'layout',
  'lines',
] as const;

/** The documents found so far, in the order found, in DuckDB. */
export class RawTable {
  readonly #database: Database;
  readonly #appender: RowAppender;
  readonly #largest: LargestDocument;

  private constructor(database: Database, appender: RowAppender, largest: LargestDocument) {
    this.#database = database;
    this.#appender = appender;
    this.#largest = largest;
  }

  static async create(database: Database, largest: LargestDocument): Promise<RawTable> {
    await database.run(
      `CREATE TABLE raw (file INTEGER, ${rawColumns.map((name) => `${name} VARCHAR`).join(', ')})`,
    );
    return new RawTable(database, await RowAppender.open(database, 'raw'), largest);
  }

  append(
    ordinal: number,
    file: ListedFile,
    { name, layout }: DocumentFormat,
    { row, title, text, lines }: FoundDocument,
  ): void {
    const source = row === undefined ? file.path : `${file.path}#${row}`;
    this.#largest.meet(source, row === undefined ? file.bytes : text.length);
    this.#appender.append([
      ordinal,
      identityOf(file, row),
      file.source,
      source,
      title,
      detectLanguage(text),
      text,
      name,
      layout,
      lines ?? null,
    ]);
  }

  /** Takes a file's rows out again. */
  async withdraw(ordinal: number): Promise<void> {
    this.#appender.flush();
    await this.#database.run('DELETE FROM raw WHERE file = $ordinal', { ordinal });
  }

  /** Rows whose identity an earlier row of their file has, taken out; in the order found. */
  async takeRepeats(): Promise<{ origin: string; source: string; lines: string | null }[]> {
    this.#appender.flush();
    const repeats = `SELECT rowid FROM raw QUALIFY row_number() OVER (PARTITION BY id ORDER BY rowid) > 1`;
    await this.#database.run(`CREATE TABLE repeats AS ${repeats}`);
    const rows = await this.#database.rows(
      'SELECT origin, source, lines FROM raw WHERE rowid IN (SELECT rowid FROM repeats) ORDER BY rowid',
    );
    if (rows.length > 0)
      await this.#database.run('DELETE FROM raw WHERE rowid IN (SELECT "rowid" FROM repeats)');
    return rows as { origin: string; source: string; lines: string | null }[];
  }

  async write(path: string, cores: number): Promise<void> {
    this.#appender.close();
    await writeParquet(this.#database, `SELECT ${rawColumns.join(', ')} FROM raw`, path, cores);
  }
}

/** A document's identity: where it comes from, never what it says. */
function identityOf(file: ListedFile, row: string | undefined): string {
  return digestBytes(
    JSON.stringify(row === undefined ? [file.source, file.path] : [file.source, file.path, row]),
  );
}
