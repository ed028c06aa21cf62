import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StopStrings } from './stop-strings.ts';

/** Reference: the text up to the earliest place where any stop text is complete first. */
function shownWhole(pieces: string[], stops: string[]): string {
  const matcher = new StopStrings(stops);
  return pieces.map((piece) => matcher.push(piece)).join('') + matcher.end();
}

test('shows nothing of a stop text that arrives in pieces', () => {
  expect(shownWhole(['Paris.', '\n', 'Ques', 'tion: what'], ['\nQuestion:'])).toBe('Paris.');
});

test('shows a beginning that turned out not to be a stop text', () => {
  expect(shownWhole(['a', '<', 'b>', '<'], ['<stop>'])).toBe('a<b><');
});

test('of two stop texts the one that stands first wins', () => {
  expect(shownWhole(['one two three'], ['three', 'two'])).toBe('one ');
});

test('however the text is cut, no stop text is shown and nothing before one is lost', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
  const stop = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(letters, fc.array(fc.nat(30)), stop, (text, cuts, only) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((place, at) => text.slice(places[at], place));
      const at = text.indexOf(only);
      expect(shownWhole(pieces, [only])).toBe(at < 0 ? text : text.slice(0, at));
    }),
  );
});
