import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenText } from './token-text.ts';

/** A vocabulary of bytes: every token is one. */
const detokenize = (tokens: readonly number[]) => Buffer.from(tokens).toString('utf8');

test('a character spread over several tokens comes out whole or not yet', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const stream = new TokenText(detokenize, []);
      const pieces = [...Buffer.from(text)].map((byte) => stream.push(byte));
      expect(pieces.join('') + stream.end()).toBe(Buffer.from(text).toString('utf8'));
      if (!text.includes('\uFFFD')) expect(pieces.join('')).not.toContain('\uFFFD');
    }),
  );
});

test('a character that never ends is given up after a few tokens', () => {
  const stream = new TokenText(detokenize, []);
  const pieces = Array.from({ length: 9 }, () => stream.push(0xff));
  expect(pieces.some((piece) => piece !== '')).toBe(true);
});

test('a stream that ends inside a character still says so', () => {
  const stream = new TokenText(detokenize, []);
  expect(stream.push(0xf0)).toBe('');
  expect(stream.end()).toBe('\uFFFD');
});
