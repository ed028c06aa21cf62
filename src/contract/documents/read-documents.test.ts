import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DocumentRecord } from './document.ts';
import { openDatabase, sqlText } from '../../duckdb/database.ts';
import { countDocuments, readDocuments } from './read-documents.ts';
import { writeDocuments } from './write-documents.ts';

const folder = () => mkdtemp(join(tmpdir(), 'towpath-documents-'));

function document(id: string, text: string): DocumentRecord {
  return { id, source: `docs/${id}.md`, title: id, language: 'zh', text, split: 'train', layout: 'markdown' };
}

test('documents come back as they were written, sorted by id', async () => {
  const dir = await folder();
  const many = Array.from({ length: 5000 }, (_, n) =>
    document(`d${String(9999 - n)}`, `第 ${String(n)} 篇 \u{1F6A2}`),
  );
  await writeDocuments(dir, many);
  const read: DocumentRecord[] = [];
  for await (const each of readDocuments(dir)) read.push(each);
  expect(read).toEqual(many.toReversed());
  expect(await countDocuments(dir)).toBe(5000);
});

test('a reader may stop early', async () => {
  const dir = await folder();
  await writeDocuments(dir, [document('a', 'first'), document('b', 'second')]);
  for await (const each of readDocuments(dir)) {
    expect(each.id).toBe('a');
    break;
  }
});

test('in a dataset of an earlier version the name of the file tells the layout', async () => {
  const dir = await folder();
  await writeDocuments(
    dir,
    ['a.txt', 'b.TXT', 'c.md', 'd.csv#1'].map((source) => ({ ...document(source, 'text'), source })),
  );
  const path = sqlText(join(dir, 'documents.parquet'));
  const database = await openDatabase({ cores: 1 });
  await database.run(`CREATE TABLE old AS SELECT * EXCLUDE layout FROM read_parquet(${path})`);
  await database.run(`COPY old TO ${path} (FORMAT parquet)`);
  database.close();
  const layouts: string[] = [];
  for await (const { layout } of readDocuments(dir)) layouts.push(layout);
  expect(layouts).toEqual(['plain', 'plain', 'markdown', 'markdown']);
});

test('a folder without documents, or with a damaged file, is an error that names the file', async () => {
  const dir = await folder();
  const drain = async () => {
    for await (const each of readDocuments(dir)) expect(each).toBeDefined();
  };
  await expect(drain()).rejects.toMatchObject({ code: 'TOW_DATA_DATASET_UNREADABLE' });
  await writeFile(join(dir, 'documents.parquet'), 'PAR1 not really');
  await expect(drain()).rejects.toMatchObject({ code: 'TOW_DATA_DATASET_UNREADABLE' });
});
