import { expect, test } from 'vitest';
import { formatBytes, formatDuration, parseBytes, parseDuration } from './units.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [98_362_432, '93.8 MiB'],
  [5 * 2 ** 30, '5.0 GiB'],
])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [840, '840 ms'],
  [3200, '3.2 s'],
  [59_970, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_720_000, '1 h 02 min'],
])('%d ms read %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('durations and sizes are read with their unit, and nothing else is', () => {
  expect(parseDuration('30s')).toBe(30_000);
  expect(parseDuration('1.5 h')).toBe(5_400_000);
  expect(parseDuration('30')).toBeUndefined();
  expect(parseBytes('64 MiB')).toBe(64 * 2 ** 20);
  expect(parseBytes('2GB')).toBe(2e9);
  expect(parseBytes('-1 MiB')).toBeUndefined();
});
