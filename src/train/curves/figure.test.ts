import { describe, expect, it } from 'vitest';
import { sparkline } from '../../text/sparkline.ts';
import { formatCount, formatEnergy, formatFigure } from './figure.ts';

describe('figures for people', () => {
  it.each([
    [0, '0'],
    [2.345678, '2.346'],
    [12_345.6, '12,346'],
    [0.00031, '3.1e-4'],
    [0.0001, '1e-4'],
    [-0.5, '-0.5'],
    [null, '–'],
    [NaN, '–'],
  ])('%s is %s', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });

  it('counts in thousands, millions and billions', () => {
    expect([0, 999, 1000, 134_515_008, 2.4e9].map(formatCount)).toEqual(['0', '999', '1k', '135M', '2.4B']);
  });

  it('has energy in what is paid for', () => {
    expect([null, 3600, 9e6].map(formatEnergy)).toEqual(['–', '1 Wh', '2.5 kWh']);
  });

  it('draws a curve as blocks, with gaps where nothing was measured', () => {
    expect(
      sparkline([
        [1, 8],
        [2, 4],
        [3, 0],
      ]),
    ).toBe('█▅▁');
    expect(
      sparkline([
        [0, 1],
        [1, 2],
        [99, 3],
        [100, 3],
      ]),
    ).toBe('▁  █');
    expect(
      sparkline([
        [1, 5],
        [2, 5],
      ]),
    ).toBe('▁▁');
  });
});
