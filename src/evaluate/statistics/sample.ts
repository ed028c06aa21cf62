/**
 * What a ratio is made of, by cluster: the figure is the sum of `numerators` over the sum of `denominators`. A plain
 * mean has a denominator of 1 for each question. Questions about one document form one cluster, because they succeed
 * and fail together: resampling them singly would make the interval too narrow.
 */
export interface RatioSample {
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
}

/** A part of a ratio and the cluster that it belongs to. */
export interface RatioPart {
  readonly cluster: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** Sums parts by cluster. The order of clusters is that of their first part. */
export function ratioSample(parts: readonly RatioPart[]): RatioSample {
  const [sample] = alignedSamples([parts]);
  return sample ?? { numerators: new Float64Array(), denominators: new Float64Array() };
}

/** Several lists of parts over one list of clusters, so that one draw serves all. */
export function alignedSamples(lists: readonly (readonly RatioPart[])[]): RatioSample[] {
  const places = new Map<string, number>();
  for (const { cluster } of lists.flat()) if (!places.has(cluster)) places.set(cluster, places.size);
  return lists.map((parts) => {
    const numerators = new Float64Array(places.size);
    const denominators = new Float64Array(places.size);
    for (const part of parts) {
      const place = places.get(part.cluster) ?? 0;
      numerators[place] = (numerators[place] ?? 0) + part.numerator;
      denominators[place] = (denominators[place] ?? 0) + part.denominator;
    }
    return { numerators, denominators };
  });
}

/** The figure itself; NaN when nothing was measured. */
export function ratio(sample: RatioSample): number {
  return sum(sample.numerators) / sum(sample.denominators);
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
