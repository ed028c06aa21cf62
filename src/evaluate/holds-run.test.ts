import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsRun } from './holds-run.ts';

const token = fc.constantFrom('a', 'b', 'c');

test('a run is found where it stands, also inside of what repeats itself, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.array(token, { maxLength: 20 }),
      fc.array(token, { minLength: 1, maxLength: 7 }),
      (tokens, run) => {
        const stands = tokens.some((_, at) => run.every((each, n) => tokens[at + n] === each));
        expect(holdsRun(tokens, run)).toBe(stands);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['aabaaab', 'aaab'],
  ['ababac', 'abac'],
  ['aaabaaaab', 'aaaab'],
  ['abcabcabd', 'abcabd'],
  ['aabaacaabaab', 'aabaab'],
])('a beginning that stands again before the run does is kept: %s holds %s', (tokens, run) => {
  expect(holdsRun(Array.from(tokens), Array.from(run))).toBe(true);
  expect(holdsRun(Array.from(tokens).slice(0, -1), Array.from(run))).toBe(false);
});

test('an empty run stands nowhere', () => {
  expect([holdsRun(['a'], []), holdsRun([], []), holdsRun([], ['a'])]).toEqual([false, false, false]);
});
