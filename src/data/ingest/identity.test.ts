import { join } from 'node:path';
import { expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { openDatabase, sqlText } from '../../duckdb/database.ts';
import { ingest } from '../testing/ingest.ts';
import { folderWith } from '../testing/step-context.ts';

const ids = ['1990391500702712081', '1990391500702712082'];

async function taken(files: Record<string, string>) {
  const { documents, rejects } = await ingest(files, { id: 'id' });
  return {
    sources: documents.map((each) => String(each['source']).split('#')[1]),
    reasons: rejects.map(({ text }) => render(text, 'en')),
  };
}

test('a whole number of any length is an identity with all its digits, in JSON lines and in CSV', async () => {
  const lines = [...ids, '1e400', '1.0'].map((id) => `{"text":"row ${id}","id":${id}}`).join('\n');
  expect(await taken({ 'a.jsonl': lines })).toEqual({ sources: [...ids, '1e400', '1.0'], reasons: [] });
  const rows = ids.map((id) => `${id},row ${id}`).join('\n');
  expect(await taken({ 'a.csv': `id,text\n${rows}\n` })).toEqual({ sources: ids, reasons: [] });
});

test('an identity of another type is refused for its type', async () => {
  const values = ['true', '["x"]', '{"a":1}', 'null', '""'];
  const lines = [
    ...values.map((id) => `{"text":"row","id":${id}}`),
    '{"text":"row"}',
    '{"text":"r","id":"x"}',
  ];
  const { sources, reasons } = await taken({ 'a.jsonl': lines.join('\n') });
  expect(sources).toEqual(['x']);
  expect(reasons).toEqual([
    'its "id" is a boolean, not a string or a number',
    'its "id" is an array, not a string or a number',
    'its "id" is an object, not a string or a number',
    'its "id" is null, not a string or a number',
    'its "id" is empty',
    'it has no "id"',
  ]);
});

test('Parquet keeps whole numbers; what the file itself has rounded is refused for that', async () => {
  const dir = await folderWith({});
  const database = await openDatabase({ cores: 1 });
  const copy = (query: string, name: string) =>
    database.run(`COPY (${query}) TO ${sqlText(join(dir, name))} (FORMAT parquet)`);
  const rows = (type: string, ...values: string[]) =>
    `SELECT 'row ' || v AS text, v::${type} AS id FROM (VALUES ${values.map((v) => `('${v}')`).join(', ')}) t(v)`;
  await copy(rows('BIGINT', ...ids), 'big.parquet');
  await copy(rows('HUGEINT', '1', '170141183460469231731687303715884105725'), 'huge.parquet');
  await copy(rows('BOOLEAN', 'true'), 'truth.parquet');
  await copy(`SELECT 'row' AS text, ['x'] AS id`, 'list.parquet');
  database.close();
  const { documents, rejects } = await ingest({}, { id: 'id' }, { projectDir: dir });
  expect(documents.map((each) => each['source'])).toEqual([
    ...ids.map((id) => `big.parquet#${id}`),
    'huge.parquet#1.0',
  ]);
  expect(rejects.map(({ source, text }) => `${source}: ${render(text, 'en')}`)).toEqual([
    'huge.parquet#2: its id is a DOUBLE too large to keep every digit: several rows may have had it',
    'list.parquet: its column "id" is VARCHAR[], not a string or a number',
    'truth.parquet: its column "id" is BOOLEAN, not a string or a number',
  ]);
});
