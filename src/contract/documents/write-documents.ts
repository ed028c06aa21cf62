import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentRecord } from './document.ts';
import { openDatabase } from '../../duckdb/database.ts';
import { writeParquet } from '../../duckdb/parquet-file.ts';
import { RowAppender } from '../../duckdb/row-appender.ts';
import { documentColumns, documentsFile } from './documents-file.ts';

/** Creates the table that `documents.parquet` is written from. */
const documentsTable = `CREATE TABLE documents (${documentColumns.map((name) => `${name} VARCHAR NOT NULL`).join(', ')})`;

/** The query whose rows become `documents.parquet`. */
const documentsQuery = `SELECT ${documentColumns.join(', ')} FROM documents ORDER BY id`;

/** Writes a dataset folder's `documents.parquet` from records in memory: for small sets such as those of tests. */
export async function writeDocuments(
  datasetDir: string,
  documents: Iterable<DocumentRecord> | AsyncIterable<DocumentRecord>,
): Promise<void> {
  await mkdir(datasetDir, { recursive: true });
  const database = await openDatabase({ cores: 1 });
  try {
    await database.run(documentsTable);
    const appender = await RowAppender.open(database, 'documents');
    for await (const document of documents) appender.append(documentColumns.map((name) => document[name]));
    appender.close();
    await writeParquet(database, documentsQuery, join(datasetDir, documentsFile), 1);
  } finally {
    database.close();
  }
}
