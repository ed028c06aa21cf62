import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, logScale } from './scale.ts';
import { lineClass } from './shade.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 });

describe.each([
  ['a linear', linearScale],
  ['a logarithmic', logScale],
])('%s axis', (_name, scale) => {
  it('holds every value, and ticks inside it', () => {
    fc.assert(
      fc.property(values, (all) => {
        const { place, ticks } = scale(all);
        for (const value of [...all, ...ticks]) {
          expect(place(value)).toBeGreaterThanOrEqual(-1e-3);
          expect(place(value)).toBeLessThanOrEqual(1 + 1e-3);
        }
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});

describe('axes', () => {
  it('have round ticks', () => {
    expect(linearScale([0, 3000]).ticks).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
    expect(linearScale([1.62, 12]).ticks).toEqual([2, 4, 6, 8, 10, 12]);
    expect(logScale([1e-4, 1e-1]).ticks).toEqual([
      1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 1e-1,
    ]);
  });

  it('place a decade as any other when logarithmic, and what is not above nought at the low end', () => {
    const { place } = logScale([0, 0.01, 1]);
    expect([0.01, 0.1, 1, 0].map(place)).toEqual([0, 0.5, 1, 0]);
  });

  it('give 50 lines looks of their own', () => {
    expect(new Set(Array.from({ length: 50 }, (_, at) => lineClass(at))).size).toBe(50);
  });
});
