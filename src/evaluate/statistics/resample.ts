import type { Random } from '../../core/random.ts';
import type { RatioSample } from './sample.ts';

/** Bootstrap distribution of a ratio, sorted; draws whose denominator is nought are left out. */
export function resampleRatio(sample: RatioSample, resamples: number, random: Random): Float64Array {
  const { numerators, denominators } = sample;
  const size = numerators.length;
  const results = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    let top = 0;
    let bottom = 0;
    for (let at = 0; at < size; at++) {
      const pick = (random() * size) | 0;
      top += numerators[pick] as number;
      bottom += denominators[pick] as number;
    }
    results[draw] = top / bottom;
  }
  return sortedNumbers(results);
}

/** Bootstrap distribution of the difference of two ratios over the same clusters, `a` minus `b`, sorted. */
export function resampleDifference(
  a: RatioSample,
  b: RatioSample,
  resamples: number,
  random: Random,
): Float64Array {
  const size = a.numerators.length;
  const results = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    let topA = 0;
    let bottomA = 0;
    let topB = 0;
    let bottomB = 0;
    for (let at = 0; at < size; at++) {
      const pick = (random() * size) | 0;
      topA += a.numerators[pick] as number;
      bottomA += a.denominators[pick] as number;
      topB += b.numerators[pick] as number;
      bottomB += b.denominators[pick] as number;
    }
    results[draw] = topA / bottomA - topB / bottomB;
  }
  return sortedNumbers(results);
}

function sortedNumbers(values: Float64Array): Float64Array {
  const sorted = values.sort();
  // A typed array sorts NaN to its end.
  let length = sorted.length;
  while (length > 0 && Number.isNaN(sorted[length - 1])) length--;
  return sorted.subarray(0, length);
}
