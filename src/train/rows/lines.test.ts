import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { longestLine, readLines, type Line } from './lines.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-lines-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function read(bytes: string | Uint8Array): Promise<Line[]> {
  const path = join(dir, 'x.jsonl');
  await writeFile(path, bytes);
  const lines: Line[] = [];
  for await (const line of readLines(createReadStream(path))) lines.push(line);
  return lines;
}

test('lines come with their numbers, blank ones left out, wherever the pieces of the file end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), async (texts) => {
      const clean = texts.map((text) => text.replace(/[\n\0\ufeff]/g, ''));
      const expected = clean.flatMap((text, at) => (text.trim() === '' ? [] : [{ line: at + 1, text }]));
      expect(await read(clean.join('\n'))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('a long file of Chinese is read in pieces without breaking a character', async () => {
  const text = '水位一致时闸门打开'.repeat(3000);
  const lines = await read(Array.from({ length: 20 }, () => text).join('\n'));
  expect(lines).toHaveLength(20);
  for (const line of lines) expect(line.text).toBe(text);
});

test('a byte-order mark is no part of the first line', async () => {
  expect(await read('\ufeff{}\n{}')).toEqual([
    { line: 1, text: '{}' },
    { line: 2, text: '{}' },
  ]);
});

test.each([
  ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not valid UTF-8/],
  ['a NUL byte', Buffer.from('{"a\0": 1}'), /NUL byte/],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /UTF-16/],
  ['more than a mebibyte', Buffer.alloc(longestLine + 1, 'x'), /1048577 bytes; at most 1048576/],
])('%s is a problem of its line, and the lines after it are read', async (_, bad, message) => {
  const [first, second] = await read(Buffer.concat([bad, Buffer.from('\n{}')]));
  expect(first?.problem && render(first.problem, 'en')).toMatch(message);
  if (!/UTF-16/.test(message.source)) expect(second).toEqual({ line: 2, text: '{}' });
});

test('a line of exactly a mebibyte is read', async () => {
  expect((await read(`${'x'.repeat(longestLine)}\n`))[0]?.text).toHaveLength(longestLine);
});
