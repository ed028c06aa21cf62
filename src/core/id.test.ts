import { expect, test } from 'vitest';
import { newId } from './id.ts';

const at = (now: number) => ({ now: () => now, monotonic: () => now });

test('identifiers sort by the time of their making', () => {
  const ids = [1, 31, 32, 1_795_000_000_000, 1_795_000_000_001].map((ms) => newId('run', at(ms)));
  expect([...ids].sort()).toEqual(ids);
});

test('two made in one millisecond differ by their random tail', () => {
  expect(newId('run', at(5))).not.toBe(newId('run', at(5)));
  expect(newId('run', at(5), () => new Uint8Array([0, 1, 2, 3, 4]))).toBe('run-000000005-01234');
});
