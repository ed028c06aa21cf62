import type { Random } from '../../core/random.ts';

/** Values sorted once; a draw is then counts by rank, so that no draw needs a sort of its own. */
class RankedValues {
  readonly size: number;
  readonly #sorted: Float64Array;
  readonly #rankOf: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(values: Float64Array) {
    this.size = values.length;
    const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
    this.#sorted = Float64Array.from(order, (at) => values[at] as number);
    this.#rankOf = new Uint32Array(values.length);
    order.forEach((at, rank) => (this.#rankOf[at] = rank));
    this.#counts = new Uint32Array(values.length);
  }

  clear(): void {
    this.#counts.fill(0);
  }

  add(at: number): void {
    const rank = this.#rankOf[at] as number;
    this.#counts[rank] = (this.#counts[rank] as number) + 1;
  }

  /** The p-quantile of what was added since `clear`, which must be as many values as there are. */
  quantile(p: number): number {
    const place = p * (this.size - 1);
    const below = Math.floor(place);
    let seen = 0;
    let low = NaN;
    for (let rank = 0; rank < this.size; rank++) {
      seen += this.#counts[rank] as number;
      if (Number.isNaN(low) && seen > below) low = this.#sorted[rank] as number;
      if (seen > below + 1 || seen === this.size) {
        const high = this.#sorted[rank] as number;
        return low + (high - low) * (place - below);
      }
    }
    return NaN;
  }
}

/** Bootstrap distribution of a quantile, sorted. */
export function resampleQuantile(
  values: Float64Array,
  p: number,
  resamples: number,
  random: Random,
): Float64Array {
  const ranked = new RankedValues(values);
  const results = new Float64Array(values.length === 0 ? 0 : resamples);
  for (let draw = 0; draw < results.length; draw++) {
    ranked.clear();
    for (let at = 0; at < ranked.size; at++) ranked.add((random() * ranked.size) | 0);
    results[draw] = ranked.quantile(p);
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
  const rankedA = new RankedValues(a);
  const rankedB = new RankedValues(b);
  const results = new Float64Array(a.length === 0 ? 0 : resamples);
  for (let draw = 0; draw < results.length; draw++) {
    rankedA.clear();
    rankedB.clear();
    for (let at = 0; at < a.length; at++) {
      const pick = (random() * a.length) | 0;
      rankedA.add(pick);
      rankedB.add(pick);
    }
    results[draw] = rankedA.quantile(p) - rankedB.quantile(p);
  }
  return results.sort();
}
