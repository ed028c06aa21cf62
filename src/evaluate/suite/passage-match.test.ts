import { describe, expect, test } from 'vitest';
import { normaliseSource, PassageMatcher } from './passage-match.ts';

const matches = (expected: string, text: string): boolean =>
  new PassageMatcher({ source: 'a.md', text: expected }).matchesText(text);
const overlap = (expected: string, text: string): number =>
  new PassageMatcher({ source: 'a.md', text: expected }).overlap(text);

describe('a passage', () => {
  test('is the one meant when it holds the excerpt, whatever its marks, case and width', () => {
    expect(matches('Port７４１１!', 'listens on **port** 7411.')).toBe(true);
    expect(matches('port 7412', 'listens on port 7411.')).toBe(false);
    expect(matches('ports', 'port')).toBe(true);
    expect(matches('harbour', 'port')).toBe(false);
  });

  test('is the one meant when it is half of the excerpt or more', () => {
    expect(matches('lock gate', 'gate')).toBe(true);
    expect(matches('lock gates', 'lock')).toBe(false);
    expect(matches('lock gates', 'boat')).toBe(false);
  });

  test('is the one meant when it shares half of the neighbouring words', () => {
    expect(matches('boats wait here', 'boats wait there')).toBe(true);
    expect(matches('boats wait here now', 'boats wait there again')).toBe(false);
    expect(matches('lock gate boat', 'clock agate boats')).toBe(false);
  });

  test('is compared by characters in Chinese', () => {
    expect(matches('闸门每天早上七点开启', '闸门每天晚上八点开启')).toBe(true);
    expect(matches('闸门每天早上七点开启', '船闸每晚八点关闭')).toBe(false);
  });

  test('without any letter or digit is none, nor is an excerpt', () => {
    expect(matches('…', 'port')).toBe(false);
    expect(matches('port', '…')).toBe(false);
    expect(matches('…', '!')).toBe(false);
  });

  test('shares as many pairs as both have, in their order', () => {
    expect(overlap('one two three', 'one two')).toBe(0.5);
    expect(overlap('one two three', 'zero one two')).toBe(0.5);
    expect(overlap('one two three', 'three two one')).toBe(0);
    expect(overlap('one two one two', 'one two')).toBeCloseTo(1 / 3, 12);
    expect(overlap('one two one two', 'one two, one two, one two')).toBe(1);
    expect(overlap('one', 'one')).toBe(0);
    expect(overlap('', 'one two')).toBe(0);
  });
});

test.each([
  ['./docs/a.md', 'docs/a.md'],
  ['././docs/a.md', 'docs/a.md'],
  ['docs./a.md', 'docs./a.md'],
  ['docs/./a.md', 'docs/./a.md'],
  ['.\\docs\\en\\a.md', 'docs/en/a.md'],
  ['docs/cafe\u0301.md', 'docs/café.md'],
])('the source %s is %s', (source, expected) => {
  expect(normaliseSource(source)).toBe(expected);
});
