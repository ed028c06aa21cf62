import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentRecord } from './document.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { openDatabase, sqlText } from '../../duckdb/database.ts';
import { documentColumns, documentsFile } from './documents-file.ts';

/**
 * The documents of a dataset artifact, sorted by id, streamed: one batch of them is in memory at a time.
 *
 * @param columns what is wanted of them: the rest is not read
 * @throws TowpathError TOW_DATA_DATASET_UNREADABLE when the folder holds no readable documents.parquet
 */
export function readDocuments(datasetDir: string): AsyncGenerator<DocumentRecord>;
export function readDocuments<Column extends keyof DocumentRecord>(
  datasetDir: string,
  columns: readonly Column[],
): AsyncGenerator<Pick<DocumentRecord, Column>>;
export async function* readDocuments(
  datasetDir: string,
  columns: readonly (keyof DocumentRecord)[] = documentColumns,
): AsyncGenerator<Partial<DocumentRecord>> {
  const path = join(datasetDir, documentsFile);
  await access(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const database = await openDatabase({ cores: 1 });
  try {
    const table = `read_parquet(${sqlText(path)})`;
    const there = new Set((await database.rows(`DESCRIBE SELECT * FROM ${table}`)).map(nameOf));
    const wanted = columns.map((name) => (name === 'layout' && !there.has(name) ? byName : name));
    for await (const batch of database.batches(`SELECT ${wanted.join(', ')} FROM ${table}`))
      for (const row of batch) yield Object.fromEntries(columns.map((name, at) => [name, row[at]]));
  } catch (cause) {
    throw cause instanceof TowpathError ? cause : unreadable(path, cause);
  } finally {
    database.close();
  }
}

/** A dataset of an earlier version has no layouts: they were told by the name of the file. */
const byName = `CASE WHEN source ILIKE '%.txt' THEN 'plain' ELSE 'markdown' END`;

function nameOf(column: Readonly<Record<string, unknown>>): unknown {
  return column['column_name'];
}

/** How many documents a dataset artifact holds, from the file's footer. */
export async function countDocuments(datasetDir: string): Promise<number> {
  const path = join(datasetDir, documentsFile);
  const database = await openDatabase({ cores: 1 });
  try {
    const [row] = await database.rows(`SELECT count(*)::INTEGER AS n FROM read_parquet(${sqlText(path)})`);
    return Number(row?.['n'] ?? 0);
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    database.close();
  }
}

function unreadable(path: string, cause: unknown): TowpathError {
  return new TowpathError('TOW_DATA_DATASET_UNREADABLE', say('data.documents-unreadable', { path }), {
    cause,
  });
}
