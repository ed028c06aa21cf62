import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import type { DocumentRecord } from '../../contract/document.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

type TextOfDocument = Pick<DocumentRecord, 'id' | 'source' | 'text' | 'split'>;

/** The documents of a dataset artifact, sorted by id: one batch of them is in memory at a time. */
export async function* documentsOf(dataset: string): AsyncGenerator<TextOfDocument> {
  for await (const [id, source, text, split] of query(dataset, 'id, source, text, split'))
    yield { id, source, text, split } as TextOfDocument;
}

/** The split of every document of a dataset artifact, by its source path. */
export async function splitsOf(dataset: string): Promise<Map<string, DocumentRecord['split']>> {
  const splits = new Map<string, DocumentRecord['split']>();
  for await (const [source, split] of query(dataset, 'source, split'))
    splits.set(String(source), split as DocumentRecord['split']);
  return splits;
}

async function* query(dataset: string, columns: string): AsyncGenerator<DuckDBValue[]> {
  const path = join(dataset, 'documents.parquet');
  try {
    await access(path);
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '512MB',
      temp_directory: '',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    });
    const connection = await instance.connect();
    try {
      yield* rows(connection, `SELECT ${columns} FROM read_parquet('${path.replaceAll("'", "''")}')`);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } catch (cause) {
    throw new TowpathError('TOW_DATA_DATASET_UNREADABLE', say('training.dataset-unreadable', { path }), {
      cause,
    });
  }
}

async function* rows(connection: DuckDBConnection, sql: string): AsyncGenerator<DuckDBValue[]> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield* chunk.getRows();
}
