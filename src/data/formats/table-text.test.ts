import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { ingest } from '../testing/ingest.ts';

async function read(name: string, content: string | Uint8Array, settings: object = {}) {
  const { documents, rejects } = await ingest(
    { 'good.md': '# Good\n\nA document that is as it should be.\n', [name]: content },
    settings,
  );
  return {
    texts: documents.filter((each) => each['source'] !== 'good.md').map((each) => each['text']),
    reasons: rejects.map(({ source, line, text }) => `${source}:${String(line)} ${render(text, 'en')}`),
  };
}

describe('quotation marks of a CSV file', () => {
  test('a row is refused for what is wrong with it', async () => {
    const csv = `id,text\n1,Bolt 20" long\n2, "after a space"\n3,"say \\"hi\\" now"\n4,"closed"early\n5,fine\n`;
    expect(await read('a.csv', csv)).toEqual({
      texts: ['fine'],
      reasons: [
        'a.csv#1:2 a quotation mark stands inside column 2, which does not begin with one',
        'a.csv#2:3 a quotation mark stands inside column 2, which does not begin with one',
        'a.csv#3:4 a quotation mark follows a backslash in column 2: inside quotation marks it is doubled instead',
        'a.csv#4:5 text follows a closing quotation mark in column 2',
      ],
    });
  });
});

describe('what stands before a header', () => {
  test.each([
    ['blank lines', '\n  \nid;text\n1;one\n2;two\n'],
    ['the line of a spreadsheet', 'sep=;\r\nid;text\r\n1;one\r\n2;two\r\n'],
    ['the same in quotation marks, for a separator of its own', '"sep=^"\nid^text\n1^one\n2^two\n'],
  ])('is passed over where it is %s', async (_, csv) => {
    expect(await read('a.csv', csv, { id: 'id' })).toEqual({ texts: ['one', 'two'], reasons: [] });
  });

  test.each([
    ['Exported on 2025-01-06\n"id","text"\n1,one\n', 'Exported on 2025-01-06'],
    ['# exported\nid;text\n1;"one"\n2;"two"\n', '# exported'],
  ])('is told where it is a line of its own: %j', async (csv, text) => {
    const columns = 'its first line has 1 column and the lines after it have 2';
    expect(await read('a.csv', csv, { text })).toEqual({
      texts: [],
      reasons: [`a.csv:1 ${columns}: take out what stands before the header`],
    });
  });

  test('sentences with a mark each are rows of one column', async () => {
    const csv =
      'text\nThe gate opens when the levels agree, and not before; wait.\nIt is so; it is.\nOne; two.\n';
    expect((await read('a.csv', csv)).texts).toEqual(['It is so; it is.', 'One; two.']);
  });
});

describe('a NUL byte', () => {
  test.each([
    ['a.csv', 'id,text\n1,fine one\n2,spo\0iled\n3,fine two\n', 'a.csv#2:3'],
    ['a.jsonl', '{"text":"fine one"}\n{"text":"spo\0iled"}\n{"text":"fine two"}\n', 'a.jsonl#2:2'],
  ])('spoils its row of %s and no other', async (name, content, place) => {
    expect(await read(name, content)).toEqual({
      texts: ['fine one', 'fine two'],
      reasons: [`${place} it holds NUL bytes`],
    });
  });

  test('spoils a table that is full of them', async () => {
    const { texts, reasons } = await read('a.csv', 'text\0\n\0\0\x01\0\0\0\x02\0\n');
    expect([texts, reasons]).toEqual([[], ['a.csv:undefined it holds NUL bytes and is no UTF-16 text']]);
  });
});

describe('JSON that is not in lines', () => {
  test.each([
    [[{ text: 'one' }, { text: 'two' }], 'this file is a JSON array; each line must be an object of its own'],
    [
      { text: 'one', id: 1 },
      'this file is a JSON object over several lines; each line must be an object of its own',
    ],
  ])('is told to be that', async (value, reason) => {
    expect(await read('a.jsonl', JSON.stringify(value, null, 2))).toEqual({
      texts: [],
      reasons: [`a.jsonl:undefined ${reason}`],
    });
  });

  test('an array whose elements stand a line each is one too', async () => {
    const { texts, reasons } = await read('a.jsonl', '[{"text":"one"},\n{"text":"two"}]\n');
    expect(texts).toEqual([]);
    expect(reasons).toEqual([expect.stringContaining('this file is a JSON array')]);
  });
});

test('Markdown whose lines end in CR alone keeps its title and loses its front matter', async () => {
  const { documents } = await ingest({ 'a.md': '---\rtitle: Locks\r---\r# Gates\r\rThey open.\r' });
  expect(documents[0]).toMatchObject({ title: 'Locks', text: '# Gates\n\nThey open.\n', lines: '1-6' });
});

test.each(['a.csv', 'a.jsonl'])(
  'data.max_file_size bounds every row of %s, however small it is',
  async (name) => {
    const row = (text: string) => (name.endsWith('.csv') ? text : JSON.stringify({ text }));
    const rows = ['short', 'x'.repeat(2000), 'y'.repeat(900)].map(row);
    const lines = [...(name.endsWith('.csv') ? ['text'] : []), ...rows];
    const files = { [name]: `${lines.join('\n')}\n` };
    const { documents, rejects } = await ingest(files, {}, { maxFileSize: 1000 });
    expect(documents.map(({ text }) => text)).toEqual(['short', 'y'.repeat(900)]);
    expect(rejects).toMatchObject([{ code: 'TOW_DATA_TOO_LARGE', line: lines.length - 1 }]);
  },
);
