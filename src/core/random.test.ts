import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

test('one seed gives one sequence, another seed another', () => {
  const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
});

test('ten bins of 100,000 draws are even within five standard deviations', () => {
  const random = seededRandom(1);
  const bins = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 100_000; draw += 1) {
    const bin = Math.floor(random() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const deviation = Math.sqrt(100_000 * 0.1 * 0.9);
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * deviation);
});
