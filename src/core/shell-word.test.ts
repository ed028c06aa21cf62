import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

const readBack = (texts: readonly string[]): string[] => {
  const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n');
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
};

test('a shell reads back any text, word for word', () => {
  const texts = fc.array(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(texts, (words) => {
      expect(readBack(words)).toEqual(words);
    }),
    { numRuns: 50 },
  );
});

test.each(['docs/a.md', "it's", '$(rm -rf x)', 'a\nb', '\x1b[2Jx', "\u009bA'\\", '', '文档 一'])(
  '%j is read back, and nothing in it steers a terminal',
  (text) => {
    expect(readBack([text])).toEqual([text]);
    expect(shellWord(text)).not.toMatch(/\p{Cc}/u);
  },
);

test('what needs no quotes has none', () => {
  expect(shellWord('../docs/a-1.md')).toBe('../docs/a-1.md');
});
