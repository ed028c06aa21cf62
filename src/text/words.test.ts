import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmented, words } from './words.ts';

test('English and Chinese words come out in one pass, lower-cased, without punctuation', () => {
  expect(segmented('The Gateway, 默认设置是 7411。')).toBe('the gateway 默认 设置 是 7411');
});

test('full-width letters and digits are folded', () => {
  expect(segmented('Ａ１ 型')).toBe('a1 型');
});

test('offsets point at the word in the original text, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of words(text)) {
        expect(text.slice(word.start, word.end).normalize('NFKC').toLowerCase()).toBe(word.text);
      }
    }),
  );
});

test(
  'a very long run of characters, of marks or of emoji is cut in bounded time',
  { timeout: 20_000 },
  () => {
    for (const unit of ['运河船只沿着纤道行驶', '#', '😀', 'The lock opens. ']) {
      const found = [...words(unit.repeat(100_000 / unit.length))];
      expect(found.every(({ start }, at) => start >= (found[at - 1]?.end ?? 0))).toBe(true);
      expect(found.length > 0).toBe(/\p{L}/u.test(unit));
    }
  },
);
