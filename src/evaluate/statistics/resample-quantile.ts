import type { Random } from '../../core/random.ts';

/** Values sorted once; a draw is then counts by rank, so that no draw needs a sort of its own. */
interface Ranked {
  readonly sorted: Float64Array;
  /** Rank of each value, by its place in the data. */
  readonly rankOf: Uint32Array;
}

function rank(values: Float64Array): Ranked {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const rankOf = new Uint32Array(values.length);
  order.forEach((at, place) => (rankOf[at] = place));
  return { sorted: Float64Array.from(order, (at) => values[at] as number), rankOf };
}

/** The p-quantile (type 7) of a draw given as counts by rank, which add up to the number of values. */
function quantileOfCounts(sorted: Float64Array, counts: Uint32Array, p: number): number {
  const size = sorted.length;
  const place = p * (size - 1);
  const below = Math.floor(place);
  const fraction = place - below;
  // Counted from the nearer end: a 95th percentile lies a few ranks from the top.
  if (p > 0.5) {
    let above = size;
    let high = NaN;
    for (let at = size - 1; at >= 0; at--) {
      above -= counts[at] as number;
      if (high !== high && above <= below + 1) high = sorted[at] as number;
      if (above <= below) {
        const low = sorted[at] as number;
        return fraction === 0 ? low : low + (high - low) * fraction;
      }
    }
    return NaN;
  }
  let seen = 0;
  let low = NaN;
  for (let at = 0; at < size; at++) {
    seen += counts[at] as number;
    if (low !== low && seen > below) low = sorted[at] as number;
    if (seen > below + 1 || seen === size) return low + ((sorted[at] as number) - low) * fraction;
  }
  return NaN;
}

/** Bootstrap distribution of a quantile, sorted. */
export function resampleQuantile(
  values: Float64Array,
  p: number,
  resamples: number,
  random: Random,
): Float64Array {
  const size = values.length;
  const { sorted, rankOf } = rank(values);
  const counts = new Uint32Array(size);
  const results = new Float64Array(size === 0 ? 0 : resamples);
  for (let draw = 0; draw < results.length; draw++) {
    counts.fill(0);
    for (let at = 0; at < size; at++) {
      const place = rankOf[(random() * size) | 0] as number;
      counts[place] = (counts[place] as number) + 1;
    }
    results[draw] = quantileOfCounts(sorted, counts, p);
  }
  return results.sort();
}

/** Bootstrap distribution of the difference of the quantiles of paired values, `a` minus `b`, sorted. */
export function resampleQuantileDifference(
  a: Float64Array,
  b: Float64Array,
  p: number,
  resamples: number,
  random: Random,
): Float64Array {
  const size = a.length;
  const [rankedA, rankedB] = [rank(a), rank(b)];
  const [ranksA, ranksB] = [rankedA.rankOf, rankedB.rankOf];
  const countsA = new Uint32Array(size);
  const countsB = new Uint32Array(size);
  const results = new Float64Array(size === 0 ? 0 : resamples);
  for (let draw = 0; draw < results.length; draw++) {
    countsA.fill(0);
    countsB.fill(0);
    for (let at = 0; at < size; at++) {
      const pick = (random() * size) | 0;
      const placeA = ranksA[pick] as number;
      const placeB = ranksB[pick] as number;
      countsA[placeA] = (countsA[placeA] as number) + 1;
      countsB[placeB] = (countsB[placeB] as number) + 1;
    }
    results[draw] =
      quantileOfCounts(rankedA.sorted, countsA, p) - quantileOfCounts(rankedB.sorted, countsB, p);
  }
  return results.sort();
}
