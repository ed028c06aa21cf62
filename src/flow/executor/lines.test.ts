import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineSplitter } from './lines.ts';
import { logMark } from './messages.ts';

/** The lines of a text that comes in these chunks. */
function linesOf(...chunks: readonly string[]): string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

/** Cuts a text in these places. */
const cut = (text: string, places: readonly number[]): string[] => {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return sorted.slice(1).map((place, at) => text.slice(sorted[at], place));
};

const piece = fc.constantFrom('a', 'bc', ' ', '\n', '\r', '\r\n', logMark);

it('text becomes the same lines however it is cut into chunks, none of them empty', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.nat(100), { maxLength: 8 }),
      (pieces, places) => {
        const text = pieces.join('');
        const lines = linesOf(...cut(text, places));
        expect(lines).toEqual(linesOf(text));
        expect(lines).not.toContain('');
        expect(lines.join('')).toBe(text.replaceAll(/[\r\n]/g, ''));
        expect(lines.every((line) => !/[\r\n]|.\u001e/.test(line))).toBe(true);
      },
    ),
  );
});

it('a line that redraws itself is several, and one of the step process begins anew', () => {
  expect(linesOf('10 %\r20 %\rhalf', 'way', `${logMark}joining\n`)).toEqual([
    ...['10 %', '20 %', 'halfway', `${logMark}joining`],
  ]);
});

it('text without line breaks is handed on before it fills the memory, and nothing of it is lost', () => {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  splitter.write('x'.repeat(16_384));
  expect(lines).toEqual([]);
  splitter.write('y');
  expect(lines.map((line) => line.length)).toEqual([16_384, 1]);
  splitter.write(`${'z'.repeat(40_000)}\nlast`);
  expect(lines.slice(2).map((line) => line.length)).toEqual([16_384, 16_384, 7232]);
  splitter.end();
  splitter.end();
  expect(lines.slice(5)).toEqual(['last']);
});
