import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DocumentRecord } from '../../contract/documents/document.ts';

/** Writes a dataset folder with these documents, sorted by id. */
export async function writeDataset(
  folder: string,
  documents: readonly Partial<DocumentRecord>[],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = ['id', 'source', 'title', 'language', 'text', 'split'] as const;
  await connection.run(`CREATE TABLE documents (${columns.map((name) => `${name} VARCHAR`).join(', ')})`);
  for (const document of documents) {
    const whole = {
      id: 'd',
      source: 's.md',
      title: '',
      language: 'en',
      text: 'text',
      split: 'train',
      ...document,
    };
    await connection.run(
      `INSERT INTO documents VALUES (${columns.map((name) => `$${name}`).join(', ')})`,
      Object.fromEntries(columns.map((name) => [name, whole[name]])),
    );
  }
  const path = join(folder, 'documents.parquet').replaceAll("'", "''");
  await connection.run(`COPY (FROM documents ORDER BY id) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return folder;
}
