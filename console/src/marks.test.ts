import { expect, test } from 'vitest';
import { claims, pieces } from './marks.ts';

test('marks stand wherever they may: at the start, alone, before the full stop, with three digits', () => {
  const known = new Set([1, 2, 123]);
  expect(pieces('[1] It is.', known)).toEqual([{ citation: 1 }, { text: ' It is.' }]);
  expect(pieces('[2]', known)).toEqual([{ citation: 2 }]);
  expect(pieces('It is [123].', known)).toEqual([{ text: 'It is' }, { citation: 123 }, { text: '.' }]);
  expect(pieces('', known)).toEqual([]);
});

test('what only looks like a mark stays text', () => {
  for (const text of ['[1234]', '[]', '[x]', '[1', '(1)', '[０]'])
    expect(pieces(text, new Set([0, 1, 123, 1234]))).toEqual([{ text }]);
});

test('a sentence with its mark before its full stop is claimed as well', () => {
  expect(claims('It is so [1]. It is not [2]! 确实如此[1]。', 1)).toEqual(['It is so', '确实如此']);
});

test('1 is not taken for the first digit of 12, nor is a mark without a sentence a claim', () => {
  expect(claims('It is so. [12] [1]', 1)).toEqual(['It is so.']);
  expect(claims('It is so. [12]', 1)).toEqual([]);
  expect(claims('[1] And so.', 1)).toEqual([]);
});
