import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/random.ts';
import { holm } from './holm.ts';
import { percentileInterval, ratioInterval } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { sortedQuantile } from './quantile.ts';
import { resampleQuantile, resampleQuantileDifference } from './resample-quantile.ts';
import { resampleDifference, resampleRatio } from './resample.ts';
import { alignedSamples, ratio, ratioSample, type RatioSample } from './sample.ts';
import { randomFor } from './seed.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const seed = fc.nat(10_000);
const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

/** The places that draws of as many as there are take, one list for each draw. */
function drawn(size: number, resamples: number, from: number): number[][] {
  const random = seededRandom(from);
  return Array.from({ length: resamples }, () => Array.from({ length: size }, () => (random() * size) | 0));
}

describe('the normal distribution', () => {
  test('is symmetric, rises, and ends at nought and one', () => {
    expect([-1000, -38, 38, 1000].map(normalCdf)).toEqual([0, 0, 1, 1]);
    expect(normalCdf(-37)).toBeGreaterThan(0);
    expect(normalCdf(-7.071)).toBeCloseTo(7.69e-13, 15);
    expect(normalCdf(-7.0711) / normalCdf(-7.071)).toBeCloseTo(0.99929, 4);
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
        expect(normalCdf(x)).toBeLessThanOrEqual(normalCdf(x + 0.01));
      }),
    );
  });

  test('has quantiles that lead back, also at the edges of their three parts', () => {
    const edges = [0.02425, 0.02424999, 0.02425001, 0.97575, 0.97574999, 0.97575001, 0.5, 1e-200];
    for (const p of edges) expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 3);
      }),
    );
    expect([-1, 2].map(normalQuantile)).toEqual([-Infinity, Infinity]);
  });
});

describe('a quantile', () => {
  test('lies between its neighbours, by the way that it has gone between them', () => {
    const sorted = [1, 2, 4, 8];
    expect([0, 1 / 3, 0.5, 2 / 3, 5 / 6, 1].map((p) => sortedQuantile(sorted, p))).toEqual([
      ...[1, 2, 3, 4, expect.closeTo(6, 9) as number, 8],
    ]);
    expect([-1, 2].map((p) => sortedQuantile(sorted, p))).toEqual([1, 8]);
    expect(sortedQuantile([5], 0.3)).toBe(5);
  });

  test('of a draw is that of its values in order, at every edge', () => {
    const values = [3, 1, 2, 2, 9, 7, 5];
    for (const size of [1, 2, 3, 5, 7])
      for (const p of [0, 0.25, 0.5, 0.75, 0.95, 1]) {
        const some = values.slice(0, size);
        const expected = drawn(size, 20, size).map((draw) =>
          sortedQuantile(ascending(draw.map((at) => some[at] ?? NaN)), p),
        );
        const found = [...resampleQuantile(Float64Array.from(some), p, 20, seededRandom(size))];
        ascending(expected).forEach((value, at) => expect(found[at]).toBeCloseTo(value, 12));
        expect(found).toHaveLength(20);
      }
    expect(resampleQuantile(new Float64Array(), 0.5, 20, seededRandom(1))).toHaveLength(0);
  });

  test('is compared over the same draws of both lists', () => {
    const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pairs, share, seed, (some, p, from) => {
        const [a, b] = [0, 1].map((side) => some.map((pair) => pair[side] ?? NaN));
        if (!a || !b) throw new Error('no lists');
        const of = (list: readonly number[], draw: readonly number[]): number =>
          sortedQuantile(ascending(draw.map((at) => list[at] ?? NaN)), p);
        const expected = ascending(drawn(some.length, 5, from).map((draw) => of(a, draw) - of(b, draw)));
        const lists = [Float64Array.from(a), Float64Array.from(b)] as const;
        const found = [...resampleQuantileDifference(...lists, p, 5, seededRandom(from))];
        expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 9));
      }),
    );
    expect(
      resampleQuantileDifference(new Float64Array(), new Float64Array(), 1, 9, seededRandom(1)),
    ).toHaveLength(0);
  });
});

describe('a ratio', () => {
  const part = fc.record({
    cluster: fc.constantFrom('x', 'y', 'z'),
    numerator: fc.nat(5),
    denominator: fc.nat(5),
  });
  const total = (draw: readonly number[], values: Float64Array): number =>
    draw.reduce((sum, at) => sum + (values[at] ?? NaN), 0);
  const over = (sample: RatioSample, draw: readonly number[]): number =>
    total(draw, sample.numerators) / total(draw, sample.denominators);
  const measured = (values: readonly number[]): number[] =>
    ascending(values.filter((value) => !Number.isNaN(value)));

  test('is drawn by cluster, one list like another, without draws that measured nothing', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1 }),
        fc.array(part, { minLength: 1 }),
        seed,
        (one, other, from) => {
          const [a, b] = alignedSamples([one, other]);
          if (!a || !b) throw new Error('no samples');
          expect(a.numerators.length).toBe(new Set([...one, ...other].map(({ cluster }) => cluster)).size);
          const draws = drawn(a.numerators.length, 8, from);
          const alone = measured(draws.map((draw) => over(a, draw)));
          expect([...resampleRatio(a, 8, seededRandom(from))]).toEqual(alone);
          const apart = measured(draws.map((draw) => over(a, draw) - over(b, draw)));
          expect([...resampleDifference(a, b, 8, seededRandom(from))]).toEqual(apart);
        },
      ),
    );
  });

  test('is the sum of its parts, and no number without any', () => {
    const sample = ratioSample([
      { cluster: 'x', numerator: 1, denominator: 2 },
      { cluster: 'y', numerator: 2, denominator: 3 },
      { cluster: 'x', numerator: 3, denominator: 3 },
    ]);
    expect([[...sample.numerators], [...sample.denominators], ratio(sample)]).toEqual([[4, 2], [5, 3], 0.75]);
    expect(ratio(ratioSample([]))).toBeNaN();
    expect(alignedSamples([])).toEqual([]);
    expect(ratioSample([]).numerators).toHaveLength(0);
  });
});

describe('an interval', () => {
  test('leaves half of the rest at each end', () => {
    const sorted = Float64Array.from({ length: 101 }, (_, at) => at);
    const { low, high, method } = percentileInterval(sorted, 0.9);
    expect([low, high, method]).toEqual([expect.closeTo(5, 9), expect.closeTo(95, 9), 'percentile']);
  });

  test('is that of the percentiles where clusters that are all alike leave nothing to correct', () => {
    const sample = { numerators: Float64Array.of(1, 1, 1), denominators: Float64Array.of(2, 2, 2) };
    const settings = { resamples: 50, confidence: 0.9, questions: 6 };
    expect(ratioInterval(sample, settings, seededRandom(1))).toEqual({
      low: 0.5,
      high: 0.5,
      method: 'percentile',
    });
  });

  test('holds the figure, turns round with it, and is wider for more confidence', () => {
    const some = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(
        some.filter((values) => values.some((value) => value > 0) && values.some((value) => value < 4)),
        seed,
        (values, from) => {
          const of = (list: readonly number[], confidence: number) => {
            const sample = {
              numerators: Float64Array.from(list),
              denominators: new Float64Array(list.length).fill(4),
            };
            const limits = { resamples: 400, confidence, questions: list.length };
            return { ...ratioInterval(sample, limits, seededRandom(from)), figure: ratio(sample) };
          };
          const [wide, narrow, turned] = [
            of(values, 0.99),
            of(values, 0.8),
            of(
              values.map((value) => 4 - value),
              0.8,
            ),
          ];
          expect(wide.low).toBeLessThanOrEqual(wide.figure + 1e-9);
          expect(wide.high).toBeGreaterThanOrEqual(wide.figure - 1e-9);
          expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-9);
          expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-9);
          expect(turned.low).toBeCloseTo(1 - narrow.high, 6);
          expect(turned.high).toBeCloseTo(1 - narrow.low, 6);
        },
      ),
      { numRuns: 30 },
    );
  });
});

test('adjusted values of tests that are equal stay equal, and none is above one', () => {
  expect(holm([0.02, 0.02])).toEqual([0.04, 0.04]);
  expect(holm([0.6, 0.001, 0.7])).toEqual([1, 0.003, 1]);
  expect(holm([])).toEqual([]);
  expect(holm([0.2])).toEqual([0.2]);
});

test('each purpose and each seed has numbers of its own, the same every time', () => {
  const first = (...of: Parameters<typeof randomFor>): number => randomFor(...of)();
  const all = [first(1, 'a'), first(1, 'b'), first(2, 'a'), first(12, 'a')];
  expect(new Set(all).size).toBe(4);
  expect(first(1, 'a')).toBe(all[0]);
});
