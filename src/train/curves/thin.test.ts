import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { means, thin, type Point } from './thin.ts';

const line = (count: number, value: (at: number) => number): Point[] =>
  Array.from({ length: count }, (_, at) => [at + 1, value(at)]);
const curve = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 3000 });

describe('a long curve', () => {
  it('keeps every spike, and its ends', () => {
    const points = line(50_000, (at) => (at === 31_234 ? 99 : at === 7 ? -99 : Math.sin(at)));
    const kept = thin(points);
    expect(kept.length).toBeLessThanOrEqual(1000);
    expect(kept).toContainEqual([31_235, 99]);
    expect(kept).toContainEqual([8, -99]);
    expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
  });

  it('is left as it is while it is short', () => {
    const points = line(1000, (at) => at);
    expect(thin(points)).toEqual(points);
    expect(means(line(3, (at) => at))).toEqual(line(3, (at) => at));
    expect([thin([]), means([])]).toEqual([[], []]);
  });

  it('has its own points in order, its extremes among them, and never too many', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 4, max: 200 }), (values, most) => {
        const points = line(values.length, (at) => values[at] ?? 0);
        const kept = thin(points, most);
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, 0));
        const steps = kept.map(([step]) => step);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        for (const [step, value] of kept) expect(value).toBe(points[step - 1]?.[1]);
        expect(Math.max(...kept.map(([, value]) => value))).toBe(Math.max(...values));
        expect(Math.min(...kept.map(([, value]) => value))).toBe(Math.min(...values));
      }),
      { numRuns: 40 },
    );
  });

  it('is drawn by the means of equal stretches', () => {
    expect(
      means(
        line(6, (at) => at * at),
        3,
      ),
    ).toEqual([
      [1.5, 0.5],
      [3.5, 6.5],
      [5.5, 20.5],
    ]);
  });
});
