import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { asEngineError, engineMemory } from './memory.ts';

export interface Database {
  readonly connection: DuckDBConnection;
  /** What the machine lacks, when that is why a call to DuckDB failed. Other errors pass through. */
  readonly failed: (error: unknown) => unknown;
  /** Runs a statement for its effect. */
  run(sql: string, values?: Record<string, DuckDBValue>): Promise<void>;
  /** All rows of a small result, as objects with plain JavaScript values. */
  rows(sql: string, values?: Record<string, DuckDBValue>): Promise<Record<string, unknown>[]>;
  /** Rows of a large result in batches of at most 2,048: only one batch is in memory at a time. */
  batches(sql: string, values?: Record<string, DuckDBValue>): AsyncIterable<DuckDBValue[][]>;
  close(): void;
}

export interface DatabaseOptions {
  /** A folder of the caller's own: what exceeds the memory limit is spilled into it. */
  readonly scratch?: string;
  readonly cores: number;
  /** Bytes. @default what suits this machine, or the container's limit */
  readonly memory?: number;
}

/**
 * DuckDB in this process, in memory, spilling to `scratch` beyond the limit. It loads no extension from outside and
 * keeps insertion order, so that the same rows always come back in the same order.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const spill = options.scratch === undefined ? undefined : join(options.scratch, 'spill');
  if (spill !== undefined) await mkdir(spill, { recursive: true });
  const memory = options.memory ?? engineMemory();
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(Math.max(1, options.cores)),
    memory_limit: `${String(Math.floor(memory / 1024))}KiB`,
    temp_directory: spill ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  const failed = (error: unknown): unknown => asEngineError(error, memory);
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw failed(error);
    }
  };
  return {
    connection,
    failed,
    run: async (sql, values) => {
      await told(connection.run(sql, values));
    },
    rows: async (sql, values) => (await told(connection.runAndReadAll(sql, values))).getRowObjectsJS(),
    batches: (sql, values) => batches(connection, told, sql, values),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function* batches(
  connection: DuckDBConnection,
  told: <T>(work: Promise<T>) => Promise<T>,
  sql: string,
  values?: Record<string, DuckDBValue>,
): AsyncIterable<DuckDBValue[][]> {
  const result = await told(connection.stream(sql, values));
  for (;;) {
    const chunk = await told(result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getRows();
  }
}

/** A text as an SQL literal: for places such as COPY targets that take no parameters. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
