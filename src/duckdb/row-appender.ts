import { DuckDBDataChunk, type DuckDBAppender, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import type { Database } from './database.ts';

const maxRows = 2048;
const maxCharacters = 4 * 1024 * 1024;

/** Appends rows to a table in column batches; a batch also ends at 4 Mi characters, so that large rows stay bounded. */
export class RowAppender {
  readonly #appender: DuckDBAppender;
  readonly #failed: (error: unknown) => unknown;
  readonly #types: readonly DuckDBType[];
  #rows: DuckDBValue[][] = [];
  #characters = 0;

  private constructor(appender: DuckDBAppender, failed: (error: unknown) => unknown) {
    this.#appender = appender;
    this.#failed = failed;
    this.#types = Array.from({ length: appender.columnCount }, (_, column) => appender.columnType(column));
  }

  static async open(database: Database, table: string): Promise<RowAppender> {
    return new RowAppender(await database.connection.createAppender(table), database.failed);
  }

  append(row: DuckDBValue[]): void {
    this.#rows.push(row);
    for (const value of row) if (typeof value === 'string') this.#characters += value.length;
    if (this.#rows.length >= maxRows || this.#characters >= maxCharacters) this.#send();
  }

  /** Everything appended so far is in the table afterwards. */
  flush(): void {
    this.#send();
    this.#told(() => this.#appender.flushSync());
  }

  close(): void {
    this.flush();
    this.#told(() => this.#appender.closeSync());
  }

  #send(): void {
    if (this.#rows.length === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, this.#rows.length);
    this.#told(() => {
      chunk.setRows(this.#rows);
      this.#appender.appendDataChunk(chunk);
    });
    this.#rows = [];
    this.#characters = 0;
  }

  #told(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw this.#failed(error);
    }
  }
}
