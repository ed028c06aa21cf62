import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, sqlText } from '../../../../duckdb/database.ts';
import type { FormatSample } from '../../testing/sample.ts';

const rows = [
  { row: 'b', title: 'Locks', text: 'A lock raises boats.' },
  { row: 'a', title: 'Weirs', text: 'A weir\nholds water.' },
  { row: 'c', title: '闸门', text: '两道闸门' },
];

async function write(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'towpath-parquet-'));
  const path = join(folder, 'sample.parquet');
  const database = await openDatabase({ cores: 1 });
  try {
    const values = rows.map(({ row, title, text }) => `(${[row, title, text].map(sqlText).join(', ')})`);
    const table = `(VALUES ${values.join(', ')}) rows(key, name, text)`;
    await database.run(`COPY (FROM ${table}) TO ${sqlText(path)} (FORMAT parquet)`);
    return await readFile(path);
  } finally {
    database.close();
    await rm(folder, { recursive: true });
  }
}

export const sample: FormatSample = {
  bytes: write,
  settings: { title: 'name', id: 'key' },
  documents: rows,
  cut: 300,
};
