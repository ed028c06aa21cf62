/** A measured value: step and figure. */
export type Point = readonly [step: number, value: number];

/** At most so many points of a curve are kept. */
const mostPoints = 1000;
/** Means that are drawn over a noisy curve. */
const mostMeans = 150;

/** At most `most` points: the lowest and the highest of each stretch of steps, so that no spike is lost, and both ends. */
export function thin(points: readonly Point[], most: number = mostPoints): Point[] {
  if (points.length <= most) return [...points];
  const inner = points.slice(1, -1);
  const extremes = stretches(inner, Math.floor((most - 2) / 2)).flatMap((part) => {
    const low = part.reduce((a, b) => (b[1] < a[1] ? b : a));
    const high = part.reduce((a, b) => (b[1] > a[1] ? b : a));
    if (low === high) return [low];
    return low[0] < high[0] ? [low, high] : [high, low];
  });
  return [...points.slice(0, 1), ...extremes, ...points.slice(-1)];
}

/** Means of equal stretches: what a noisy curve does on the whole. Of a short curve the points themselves. */
export function means(points: readonly Point[], most: number = mostMeans): Point[] {
  if (points.length <= most) return [...points];
  return stretches(points, most).map((part): Point => {
    const sum = part.reduce(([a, b], [step, value]): Point => [a + step, b + value], [0, 0]);
    return [sum[0] / part.length, sum[1] / part.length];
  });
}

function stretches(points: readonly Point[], count: number): Point[][] {
  const end = (at: number): number => Math.floor((at * points.length) / count);
  return Array.from({ length: count }, (_, at) => points.slice(end(at), end(at + 1))).filter(
    (part) => part.length > 0,
  );
}
