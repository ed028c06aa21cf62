/**
 * Holm's step-down adjustment (1979): compared with one level, the adjusted values keep the chance of any wrong
 * rejection among all tests below it. Order is kept.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = Array.from(pValues.keys()).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 0;
  order.forEach((at, rank) => {
    running = Math.max(running, Math.min(1, (pValues[at] ?? 1) * (pValues.length - rank)));
    adjusted[at] = running;
  });
  return adjusted;
}
