import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { decodeLines } from './decode.ts';

const told = (...bytes: (number | string)[]) =>
  decodeLines(Buffer.concat(bytes.map((each) => Buffer.from(typeof each === 'string' ? each : [each])))).map(
    ({ line, text, problem }) => [line, text ?? (problem && render(problem, 'en'))],
  );
const notUtf8 = 'the line is not valid UTF-8; save the file as UTF-8';

test('text becomes its lines, those that are blank left out', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '水', ' ', '\t') });
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), (lines, ended) => {
      const expected = lines.flatMap((text, at) => (text.trim() === '' ? [] : [{ line: at + 1, text }]));
      expect(decodeLines(Buffer.from(lines.join('\n') + (ended ? '\n' : '')))).toEqual(expected);
    }),
  );
});

test('a byte-order mark is skipped at the beginning of the file, whole and once', () => {
  expect(told(0xef, 0xbb, 0xbf, 'a\nb')).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(told('a\n', 0xef, 0xbb, 0xbf, 'b')).toEqual([
    [1, 'a'],
    [2, '\ufeffb'],
  ]);
  for (const bytes of [
    [0xef, 0xbb, 'abc'],
    [0xef, 'abc'],
    ['abc', 0xbf],
    ['a', 0xbb, 0xbf, 'abc'],
    [0xef, 'a', 0xbf, 'abc'],
  ])
    expect(told(...bytes)).toEqual([[1, notUtf8]]);
  expect(told('abcdef')).toEqual([[1, 'abcdef']]);
});

test('UTF-16 is told as such, either way round, and nothing else is taken for it', () => {
  for (const mark of [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ]) {
    const [first, ...others] = told(...mark, 'a\n', 'b');
    expect(first?.[1]).toMatch(/UTF-16/);
    expect(others).toEqual([]);
  }
  for (const bytes of [[0xff], [0xff, 'a'], [0xfe, 'a'], ['a', 0xff], ['a', 0xfe], [0xff, 0xff]])
    expect(told(...bytes)).toEqual([[1, notUtf8]]);
});

test('a line may have 65536 bytes and no more, and one that is bad leaves the others as they are', () => {
  const most = 'a'.repeat(65_536);
  expect(told(`${most}\nb`)).toEqual([
    [1, most],
    [2, 'b'],
  ]);
  expect(told(`a\n${most}a\nb\n`, 0, '\n', 0xc4, '\nc')).toEqual([
    [1, 'a'],
    [2, 'the line has 65537 bytes; at most 65536'],
    [3, 'b'],
    [4, 'the line holds a NUL byte; the file is not text'],
    [5, notUtf8],
    [6, 'c'],
  ]);
});
