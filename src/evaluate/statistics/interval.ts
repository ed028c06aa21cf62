import type { Random } from '../../core/random.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { sortedQuantile } from './quantile.ts';
import { resampleRatio } from './resample.ts';
import { ratio, sum, type RatioSample } from './sample.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** `exact`: every question scored the same extreme, where a bootstrap would claim certainty. */
  readonly method: 'bca' | 'percentile' | 'exact';
}

/** Interval between two percentiles of a sorted bootstrap distribution. */
export function percentileInterval(sorted: Float64Array, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return { low: sortedQuantile(sorted, tail), high: sortedQuantile(sorted, 1 - tail), method: 'percentile' };
}

/**
 * Confidence interval of a ratio between 0 and 1: bias-corrected and accelerated bootstrap (Efron, 1987) over clusters.
 * Where every question stands at 0 or every one at 1 no resample differs, and the exact bound is given instead: n
 * successes in n independent questions leave room for a true mean of (alpha/2)^(1/n), for any score between 0 and 1.
 */
export function ratioInterval(
  sample: RatioSample,
  settings: { readonly resamples: number; readonly confidence: number; readonly questions: number },
  random: Random,
): Interval {
  const figure = ratio(sample);
  const tail = (1 - settings.confidence) / 2;
  const extreme = tail ** (1 / settings.questions);
  if (figure === 1) return { low: extreme, high: 1, method: 'exact' };
  if (figure === 0) return { low: 0, high: 1 - extreme, method: 'exact' };
  const distribution = resampleRatio(sample, settings.resamples, random);
  return bcaInterval(distribution, figure, jackknife(sample), settings.confidence);
}

/** BCa interval from a sorted distribution; falls back to percentiles where the correction is not defined. */
function bcaInterval(
  sorted: Float64Array,
  figure: number,
  leftOut: Float64Array,
  confidence: number,
): Interval {
  const bias = normalQuantile(shareBelow(sorted, figure));
  const acceleration = accelerationOf(leftOut);
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) return percentileInterval(sorted, confidence);
  const tail = (1 - confidence) / 2;
  const adjusted = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return {
    low: sortedQuantile(sorted, adjusted(tail)),
    high: sortedQuantile(sorted, adjusted(1 - tail)),
    method: 'bca',
  };
}

/** Share of the distribution below the figure, ties counted half. */
function shareBelow(sorted: Float64Array, figure: number): number {
  let below = 0;
  let equal = 0;
  for (const value of sorted) {
    // Sums in another order differ in their last bits.
    if (Math.abs(value - figure) < 1e-12) equal++;
    else if (value < figure) below++;
    else break;
  }
  return (below + equal / 2) / sorted.length;
}

/** The ratio with each cluster left out in turn. */
function jackknife(sample: RatioSample): Float64Array {
  const top = sum(sample.numerators);
  const bottom = sum(sample.denominators);
  return sample.numerators.map((each, at) => (top - each) / (bottom - (sample.denominators[at] ?? 0)));
}

function accelerationOf(leftOut: Float64Array): number {
  const mean = sum(leftOut) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    const off = mean - value;
    squares += off ** 2;
    cubes += off ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}
