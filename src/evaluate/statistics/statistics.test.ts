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

// Reference values: numpy 2.4.6 and scipy 1.17.1, scipy.stats.bootstrap with 400,000 resamples in float64;
// `node bench/evaluate/statistics.mjs` compares again.
const scores = [
  0.1, 0.25, 0.4, 0.4, 0.55, 0.6, 0.62, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1, 1, 1, 0.3, 0.77, 0.66,
];

const settings = { resamples: 100_000, confidence: 0.95 };

function means(values: readonly number[]): RatioSample {
  return { numerators: Float64Array.from(values), denominators: new Float64Array(values.length).fill(1) };
}

describe('the normal distribution', () => {
  test.each([
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.96, 0.024997895148220435],
    [-0.5, 0.3085375387259869],
    [0, 0.5],
    [2.5, 0.9937903346742238],
    [6, 0.9999999990134123],
  ])('has the distribution function of scipy at %d', (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1e-15);
  });

  test.each([
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.31, -0.4958503473474533],
    [0.9, 1.2815515655446004],
    [0.999999, 4.753424308817087],
  ])('has the quantile of scipy at %d', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 9);
  });

  test('has infinite quantiles at the ends', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe('sortedQuantile', () => {
  test('interpolates as numpy does', () => {
    const sorted = scores.toSorted((a, b) => a - b);
    expect(sortedQuantile(sorted, 0.05)).toBeCloseTo(0.2425, 12);
    expect(sortedQuantile(sorted, 0.5)).toBeCloseTo(0.735, 12);
    expect(sortedQuantile(sorted, 0.95)).toBe(1);
  });

  test('has no value without values', () => {
    expect(sortedQuantile([], 0.5)).toBeNaN();
  });
});

describe('ratioInterval', () => {
  test('agrees with scipy BCa for a mean', () => {
    const found = ratioInterval(means(scores), { ...settings, questions: 20 }, seededRandom(1));
    expect(found.method).toBe('bca');
    expect(found.low).toBeCloseTo(0.5565, 2);
    expect(found.high).toBeCloseTo(0.7955, 2);
  });

  test('agrees with scipy BCa for a ratio over clusters', () => {
    const sample = {
      numerators: Float64Array.of(3, 1, 2, 4, 0, 2, 5, 1, 3, 2),
      denominators: Float64Array.of(4, 1, 3, 4, 2, 2, 5, 3, 3, 4),
    };
    const found = ratioInterval(sample, { ...settings, questions: 10 }, seededRandom(1));
    expect(ratio(sample)).toBeCloseTo(23 / 31, 12);
    expect(Math.abs(found.low - 0.5333)).toBeLessThan(0.012);
    expect(Math.abs(found.high - 0.90625)).toBeLessThan(0.012);
  });

  test('gives the exact bound where every question succeeded: 30 of 30 leave room for .884', () => {
    const found = ratioInterval(
      means(new Array<number>(30).fill(1)),
      { ...settings, questions: 30 },
      seededRandom(1),
    );
    expect(found).toEqual({ low: 0.025 ** (1 / 30), high: 1, method: 'exact' });
    expect(found.low).toBeCloseTo(0.8843, 4);
  });

  test('gives the exact bound where every question failed', () => {
    const found = ratioInterval(means([0, 0, 0, 0]), { ...settings, questions: 4 }, seededRandom(1));
    expect(found).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** 0.25, 12) as number, method: 'exact' });
  });

  test('covers the true share about 95 times in 100, also with questions clustered by document', () => {
    const random = seededRandom(20);
    const trials = 400;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      // 40 documents with 3 questions each, succeeding together: the document's chance is .7 or 1, .85 on average.
      const parts = Array.from({ length: 40 }, (_, document) => {
        const chance = random() < 0.5 ? 0.7 : 1;
        return Array.from({ length: 3 }, () => ({
          cluster: String(document),
          numerator: random() < chance ? 1 : 0,
          denominator: 1,
        }));
      }).flat();
      const limits = { resamples: 1000, confidence: 0.95, questions: 120 };
      const { low, high } = ratioInterval(ratioSample(parts), limits, random);
      if (low <= 0.85 && 0.85 <= high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.925);
    expect(covered / trials).toBeLessThan(0.975);
  });
});

describe('resampling', () => {
  test('agrees with scipy on percentiles of a mean', () => {
    const found = percentileInterval(resampleRatio(means(scores), 100_000, seededRandom(2)), 0.95);
    expect(found.low).toBeCloseTo(0.565, 2);
    expect(found.high).toBeCloseTo(0.8025, 2);
  });

  test('pairs what it compares: the share of draws at least .1 worse is that of scipy', () => {
    const a = means([1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0]);
    const b = means([1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0]);
    const distribution = resampleDifference(a, b, 100_000, seededRandom(3));
    expect(distribution.filter((value) => value <= -0.1).length / 100_000).toBeCloseTo(0.222, 2);
    const { low, high } = percentileInterval(distribution, 0.9);
    expect([low, high]).toEqual([expect.closeTo(-0.2, 9), expect.closeTo(0.2, 9)]);
  });

  test('finds no difference between a list and itself', () => {
    const same = means(scores);
    expect(new Set(resampleDifference(same, same, 1000, seededRandom(1)))).toEqual(new Set([0]));
  });

  test('has the interval of a 95th percentile that counting gives', () => {
    const distribution = resampleQuantile(Float64Array.from(scores), 0.95, 100_000, seededRandom(4));
    const found = percentileInterval(distribution, 0.9);
    // A draw's p95 is its 19th value plus .05 of the step to its 20th. By the binomial, .0386 of the draws lie below
    // .95 + .05 (1 - .95) and .0692 at most there.
    expect([found.low, found.high]).toEqual([expect.closeTo(0.9525, 9), 1]);
    expect(distribution.filter((value) => value < 0.9524).length / 100_000).toBeCloseTo(0.0386, 2);
  });

  test('takes the quantile of a draw by counts as sorting would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(1000),
        (values, p, seed) => {
          const random = seededRandom(seed);
          const draw = values.map(() => values[(random() * values.length) | 0] ?? NaN);
          const expected = sortedQuantile(
            draw.toSorted((a, b) => a - b),
            p,
          );
          const [found] = resampleQuantile(Float64Array.from(values), p, 1, seededRandom(seed));
          expect(found).toBeCloseTo(expected, 9);
        },
      ),
    );
  });

  test('finds no difference between equal latencies', () => {
    const values = Float64Array.of(5, 9, 100, 3);
    const found = resampleQuantileDifference(values, values, 0.95, 200, seededRandom(1));
    expect(new Set(found)).toEqual(new Set([0]));
  });

  test('leaves out draws that measured nothing', () => {
    const sample = { numerators: Float64Array.of(1, 0), denominators: Float64Array.of(1, 0) };
    const distribution = resampleRatio(sample, 1000, seededRandom(5));
    expect(distribution.length).toBeLessThan(1000);
    expect(new Set(distribution)).toEqual(new Set([1]));
  });

  test('gives the same draws for the same seed', () => {
    const once = resampleRatio(means(scores), 500, seededRandom(9));
    expect(resampleRatio(means(scores), 500, seededRandom(9))).toEqual(once);
  });
});

describe('samples', () => {
  test('sum by cluster and keep their clusters aligned', () => {
    const part = (cluster: string, numerator: number) => ({ cluster, numerator, denominator: 1 });
    const [a, b] = alignedSamples([
      [part('x', 1), part('y', 0), part('x', 1)],
      [part('z', 1), part('y', 1)],
    ]);
    expect(a).toEqual({ numerators: Float64Array.of(2, 0, 0), denominators: Float64Array.of(2, 1, 0) });
    expect(b).toEqual({ numerators: Float64Array.of(0, 1, 1), denominators: Float64Array.of(0, 1, 1) });
  });
});

describe('holm', () => {
  test('is the worked example: .01, .04, .03 become .03, .06, .06', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  test('never lowers a value, never passes 1, keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (values) => {
        const adjusted = holm(values);
        values.forEach((value, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(value);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
          values.forEach((other, place) => {
            if (value < other) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[place] ?? 1);
          });
        });
      }),
    );
  });
});
