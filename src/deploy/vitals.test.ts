import { expect, test } from 'vitest';
import { WorkWatch, type Vitals } from './vitals.ts';

/** Looks once a second at what `at` says of that second; the second in which it was called stalled. */
function stalledAt(at: (second: number) => Vitals, seconds = 300): number | undefined {
  const watch = new WorkWatch();
  for (let second = 0; second < seconds; second++) {
    if (watch.stalled(at(second), second * 1000) !== undefined) return second;
  }
  return undefined;
}

test('work without progress and without effort is a hang', () => {
  expect(stalledAt((second) => ({ working: 1, progress: 7, effort: second }))).toBe(8);
});

test('a hang after long work is found as soon as one at its beginning', () => {
  expect(
    stalledAt((second) => ({
      working: 2,
      progress: Math.min(second, 100),
      effort: 1000 * Math.min(second, 100),
    })),
  ).toBe(108);
});

test('one that reads a long prompt for a minute on a starved machine is left alone', () => {
  expect(
    stalledAt((second) => ({ working: 1, progress: Math.floor(second / 60), effort: 60 * second })),
  ).toBeUndefined();
});

test('one that burns the processor for ever without a token is a hang in the end', () => {
  expect(stalledAt((second) => ({ working: 1, progress: 3, effort: 2000 * second }))).toBe(120);
});

test('one without work does not have to get anywhere', () => {
  expect(stalledAt(() => ({ working: 0, progress: 0, effort: 0 }))).toBeUndefined();
  // Work that came after an idle hour has all its time.
  expect(stalledAt((second) => ({ working: second < 200 ? 0 : 1, progress: 0, effort: 0 }))).toBe(207);
});
