import { appendFile, mkdtemp, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asTowpathError } from '../../core/errors/towpath-error.ts';
import { render } from '../../core/messages/message.ts';
import { openDatabase, sqlText } from '../../duckdb/database.ts';
import { encode, utf16 } from '../testing/encode.ts';
import { ingest } from '../testing/ingest.ts';
import { folderWith, testContext } from '../testing/step-context.ts';
import { listSources } from './list-sources.ts';
import { step } from './step.ts';

const good = { 'good.md': '# Good\n\nA document that is as it should be.\n' };
const chinese =
  '发布是一个不可变的集合，包含模型、索引和评估报告。没有通过门槛的发布不能接收流量，我们会说明原因。';

async function rejectOf(content: string | Uint8Array, name = 'bad.txt', sources: object = {}) {
  const { rejects, documents } = await ingest({ ...good, [name]: content }, sources);
  expect(documents.map((each) => each['source'])).toEqual(['good.md']);
  expect(rejects).toHaveLength(1);
  for (const { text } of rejects) {
    expect(render(text, 'en')).not.toMatch(/[{}\p{Script=Han}]/u);
    expect(render(text, 'zh')).toMatch(/\p{Script=Han}/u);
  }
  return rejects[0];
}

describe('a file is rejected with its reason', () => {
  test.each([
    ['empty', '', 'TOW_DATA_FILE_EMPTY'],
    ['white space', ' \n\t\n', 'TOW_DATA_FILE_EMPTY'],
    ['an image', Buffer.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3), 'TOW_DATA_FILE_BINARY'],
    ['zero bytes', Buffer.from('text\0text\0\0'), 'TOW_DATA_FILE_BINARY'],
    ['too large', 'x'.repeat(1 << 21), 'TOW_DATA_TOO_LARGE'],
    ['Latin-1', Buffer.from('Le café est fermé, où êtes-vous?', 'latin1'), 'TOW_DATA_ENCODING_UNKNOWN'],
  ])('when it is %s', async (_, content, code) => {
    expect(await rejectOf(content)).toMatchObject({ source: 'bad.txt', code });
  });

  test('when a byte is wrong in UTF-8, with the line', async () => {
    const content = Buffer.concat([
      Buffer.from('first\nsecond\nthi'),
      Buffer.of(0xff),
      Buffer.from('rd\n'.repeat(99)),
    ]);
    const reject = await rejectOf(content);
    expect(reject).toMatchObject({ code: 'TOW_DATA_ENCODING_INVALID', line: 3 });
    expect(reject && render(reject.text, 'en')).toMatch(
      /^line 3 .* not UTF-8, .* GB18030 or UTF-16 Chinese$/,
    );
  });

  test('when it is not in the encoding declared', async () => {
    const dir = await folderWith({
      'a.txt': encode(chinese, 'gb18030'),
      'b.txt': Buffer.from([0x61, 0x0a, 0x81, 0x20]),
    });
    const { documents, rejects } = await ingest({}, { encoding: 'gb18030' }, { projectDir: dir });
    expect(documents[0]).toMatchObject({ text: chinese, language: 'zh' });
    expect(rejects).toMatchObject([{ source: 'b.txt', line: 2, code: 'TOW_DATA_ENCODING_INVALID' }]);
  });

  test('when its format is not known, and when a page has no text', async () => {
    expect(await rejectOf('x', 'notes.docx')).toMatchObject({ code: 'TOW_DATA_FORMAT_UNKNOWN' });
    expect(await rejectOf('<script>1</script>', 'p.html')).toMatchObject({ code: 'TOW_DATA_NO_TEXT' });
  });

  test('when it is a link out of the project or to nothing', async () => {
    const outside = join(await mkdtemp(join(tmpdir(), 'outside-')), 'secret.txt');
    await writeFile(outside, 'not yours to read');
    const dir = await folderWith(good);
    await symlink(outside, join(dir, 'escape.txt'));
    await symlink(join(dir, 'gone.txt'), join(dir, 'dangling.txt'));
    await symlink(join(dir, 'good.md'), join(dir, 'inside.md'));
    const { rejects, documents } = await ingest({}, {}, { projectDir: dir });
    expect(rejects).toMatchObject([
      { source: 'dangling.txt', code: 'TOW_DATA_FILE_MISSING' },
      { source: 'escape.txt', code: 'TOW_DATA_FILE_OUTSIDE' },
    ]);
    expect(documents.map((each) => each['source'])).toEqual(['good.md', 'inside.md']);
  });
});

describe('encodings', () => {
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${chinese}`)],
    ['UTF-16 LE', utf16(chinese, 'le')],
    ['UTF-16 BE', utf16(chinese, 'be')],
    ['UTF-16 without a mark', utf16(chinese, 'be', false)],
    ['GB18030', encode(chinese, 'gb18030')],
  ])('%s is read', async (_, bytes) => {
    const { documents } = await ingest({ 'a.txt': bytes });
    expect(documents[0]).toMatchObject({ text: chinese });
  });

  test('a GB18030 table is read, in lines', async () => {
    const { documents } = await ingest({
      'a.csv': encode(`text\r\n${chinese}\r\n${chinese}二\r\n`, 'gb18030'),
    });
    expect(documents.map((each) => each['text'])).toEqual([chinese, `${chinese}二`]);
  });

  test('a UTF-16 table is read, in lines', async () => {
    const rows = [chinese, 'x上', `ਊ ${chinese}`];
    const content = utf16(rows.map((text) => JSON.stringify({ text })).join('\n'), 'le');
    const { documents } = await ingest({ 'a.jsonl': content });
    expect(documents.map((each) => each['text'])).toEqual(rows);
  });
});

describe('tables', () => {
  test('broken quoting costs the row it is in, with its line, and no other', async () => {
    const csv =
      'id,text\n1,first row\n2,"never closed\n3,"said ""yes"" here"\n4,"two\nlines"\n5,"junk"after\n6,last';
    const { documents, rejects } = await ingest({ 'a.csv': csv }, { id: 'id' });
    expect(documents.map((each) => [each['source'], each['text'], each['lines']])).toEqual([
      ['a.csv#1', 'first row', '2'],
      ['a.csv#3', 'said "yes" here', '4'],
      ['a.csv#4', 'two\nlines', '5-6'],
      ['a.csv#6', 'last', '8'],
    ]);
    expect(rejects).toMatchObject([
      { source: 'a.csv#2', line: 3, code: 'TOW_DATA_CSV_QUOTING' },
      { source: 'a.csv#5', line: 7, code: 'TOW_DATA_CSV_QUOTING' },
    ]);
  });

  test('rows with missing columns, empty text or a repeated id are rejected with their lines', async () => {
    const csv = 'id,text,title\na,one,T\nb,two\nc,,T\na,again,T\n,none,T\nd,four,T\n';
    const { documents, rejects } = await ingest({ 'a.csv': csv }, { id: 'id', title: 'title' });
    expect(documents.map((each) => [each['source'], each['title']])).toEqual([
      ['a.csv#a', 'T'],
      ['a.csv#d', 'T'],
    ]);
    expect(rejects.map(({ line, code }) => [line, code])).toEqual([
      [3, 'TOW_DATA_CSV_COLUMNS'],
      [4, 'TOW_DATA_ROW_TEXT'],
      [6, 'TOW_DATA_ROW_ID'],
      [5, 'TOW_DATA_ROW_ID'],
    ]);
  });

  test('bad JSON lines are rejected with their numbers, never quoting what they hold', async () => {
    const lines = [
      '{"text":"one"}',
      '{"text":"secret',
      '',
      '[1]',
      '{"text":7}',
      '{"body":"x"}',
      '{"text":"two"}',
    ];
    const content = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n{"text":"`),
      Buffer.of(0xff),
      Buffer.from('"}\n'),
    ]);
    const { documents, rejects } = await ingest({ 'a.jsonl': content });
    expect(documents.map((each) => each['source'])).toEqual(['a.jsonl#1', 'a.jsonl#7']);
    expect(rejects.map(({ line, code }) => [line, code])).toEqual([
      [2, 'TOW_DATA_JSON_INVALID'],
      [4, 'TOW_DATA_JSON_INVALID'],
      [5, 'TOW_DATA_ROW_TEXT'],
      [6, 'TOW_DATA_ROW_TEXT'],
      [8, 'TOW_DATA_ENCODING_INVALID'],
    ]);
    expect(JSON.stringify(rejects)).not.toContain('secret');
  });

  test('a line longer than a document may be is dropped and the next one kept', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(3 << 20) });
    const { documents, rejects } = await ingest({ 'a.jsonl': `{"text":"one"}\n${long}\n{"text":"two"}\n` });
    expect(documents.map((each) => each['source'])).toEqual(['a.jsonl#1', 'a.jsonl#3']);
    expect(rejects).toMatchObject([{ line: 2, code: 'TOW_DATA_TOO_LARGE' }]);
  });

  test('a missing column is named with the columns that are there', async () => {
    const reject = await rejectOf('titel,body\na,b\n', 'a.csv');
    expect(reject).toMatchObject({ code: 'TOW_DATA_COLUMN_MISSING' });
    expect(reject && render(reject.text, 'en')).toContain('titel, body');
  });

  test('of two columns with one name none is taken', async () => {
    const reject = await rejectOf('text,text\na,b\n', 'a.csv');
    expect(reject).toMatchObject({ code: 'TOW_DATA_CSV_COLUMNS', line: 1 });
  });

  test('lines may end in CR alone', async () => {
    const { documents, rejects } = await ingest(
      { 'a.csv': 'text,id\rfirst row,1\rsecond row,2\r' },
      { id: 'id' },
    );
    expect(documents.map((each) => each['source'])).toEqual(['a.csv#1', 'a.csv#2']);
    expect(rejects).toEqual([]);
  });

  test('Parquet rows are read; a damaged file is rejected', async () => {
    const dir = await folderWith(good);
    const database = await openDatabase({ cores: 1 });
    const path = join(dir, 'a.parquet');
    await database.run(`COPY (SELECT 'row ' || i AS text, i AS key FROM range(3) t(i)) TO ${sqlText(path)}`);
    await database.run(`COPY (SELECT 1 AS text) TO ${sqlText(join(dir, 'number.parquet'))}`);
    database.close();
    const bytes = await readFile(path);
    await writeFile(join(dir, 'cut.parquet'), bytes.subarray(0, bytes.length - 20));
    const { documents, rejects } = await ingest({}, { id: 'key' }, { projectDir: dir });
    expect(documents.map((each) => each['source'])).toEqual([
      'a.parquet#0',
      'a.parquet#1',
      'a.parquet#2',
      'good.md',
    ]);
    expect(rejects).toMatchObject([
      { source: 'cut.parquet', code: 'TOW_DATA_PARQUET_INVALID' },
      { source: 'number.parquet', code: 'TOW_DATA_COLUMN_MISSING' },
    ]);
    expect(rejects[0] && render(rejects[0].text, 'en')).toBe('it is no Parquet file, or only a part of one');
  });
});

describe('errors', () => {
  test('a source of which nothing is left is an error with the first reasons', async () => {
    const work = ingest({ 'a.txt': '', ...good }, [
      { name: 'docs', files: ['*.md'] },
      { name: 'notes', files: ['*.txt'] },
    ]);
    await expect(work).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_EMPTY' });
    await expect(work).rejects.toThrow(/"notes".*a\.txt: it is empty/);
    const { texts } = asTowpathError(await work.catch((error: unknown) => error));
    expect(texts.message && render(texts.message, 'zh')).toMatch(/"notes".*a\.txt：它是空的/);
  });

  test('a source that matches nothing is an error', async () => {
    await expect(ingest(good, { files: ['*.csv'] })).rejects.toMatchObject({ code: 'TOW_DATA_NO_FILES' });
  });

  test.each([
    ['edited', (path: string) => writeFile(path, '# Goad\n\nA document that is as it should be.\n')],
    ['grown', (path: string) => appendFile(path, 'more')],
    ['deleted', (path: string) => unlink(path)],
  ])('a file %s after it was listed stops the step', async (_, change) => {
    const dir = await folderWith(good);
    const sources = [{ name: 'docs', files: ['*.md'], exclude: [], encoding: 'auto' as const, text: 'text' }];
    const params = await listSources(dir, sources, { maxFileSize: 1000 });
    await change(join(dir, 'good.md'));
    const { context } = await testContext(params, { projectDir: dir, outputs: ['documents'] });
    await expect(step.run(context)).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_CHANGED' });
  });

  test('a cancelled step stops', async () => {
    const dir = await folderWith(good);
    const sources = [{ name: 'docs', files: ['*.md'], exclude: [], encoding: 'auto' as const, text: 'text' }];
    const params = await listSources(dir, sources, { maxFileSize: 1000 });
    const { context } = await testContext(params, {
      projectDir: dir,
      outputs: ['documents'],
      signal: AbortSignal.abort(),
    });
    await expect(step.run(context)).rejects.toThrow(/abort/i);
  });
});

test('front matter gives the title and leaves the text; bad front matter stays', async () => {
  const { documents } = await ingest({
    'a.md': '---\ntitle: "From the front"\n---\n# Heading\nText',
    'b.md': '# Heading\n\nText',
    'c.md': '---\na: [\n---\nText',
    'd.txt': 'A Title\n\nText',
  });
  expect(documents.map((each) => each['title'])).toEqual(['From the front', 'Heading', 'c', 'A Title']);
  expect(documents[0]?.['text']).toBe('# Heading\nText');
  expect(documents[2]?.['text']).toContain('a: [');
});

test('the same files give the same bytes, whatever the number of cores', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`d${String(n)}.txt`, `Text ${String(n)}\n`.repeat(500)] as const),
  );
  const dir = await folderWith({ ...files, 'bad.jsonl': `{\n${'{"text":"row"}\n'.repeat(9000)}` });
  const runs = await Promise.all([1, 2, 4].map((cores) => ingest({}, {}, { projectDir: dir, cores })));
  for (const file of ['raw.parquet', 'rejects.jsonl', 'summary.json']) {
    const [first, ...rest] = await Promise.all(runs.map((run) => readFile(join(run.dir, file))));
    for (const other of rest) expect(other.equals(first as Buffer)).toBe(true);
  }
});
