const ramp = '▁▂▃▄▅▆▇█';
const columns = 40;

/** A curve as a row of blocks over equal stretches of steps, each the mean of its stretch. */
export function sparkline(
  points: readonly (readonly [step: number, value: number])[],
  width: number = columns,
): string {
  const first = points[0]?.[0] ?? 0;
  const span = (points.at(-1)?.[0] ?? 0) - first || 1;
  const count = Math.min(width, points.length);
  const parts = Array.from({ length: count }, (): number[] => []);
  for (const [step, value] of points)
    parts[Math.min(count - 1, Math.floor(((step - first) / span) * count))]?.push(value);
  const values = parts.map((part) =>
    part.length === 0 ? undefined : part.reduce((sum, value) => sum + value, 0) / part.length,
  );
  const known = values.filter((value) => value !== undefined);
  const low = Math.min(...known);
  const size = Math.max(...known) - low || 1;
  return values
    .map((value) =>
      value === undefined
        ? ' '
        : ramp[Math.min(ramp.length - 1, Math.floor(((value - low) / size) * ramp.length))],
    )
    .join('');
}
