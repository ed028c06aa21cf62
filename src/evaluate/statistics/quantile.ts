/**
 * The p-quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan's type 7, the
 * default of numpy and R). NaN when there are none.
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return NaN;
  const place = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}
