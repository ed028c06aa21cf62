import { expect, test } from 'vitest';
import { Retry } from './retry.ts';

test('a run that found no space is tried again, after pauses that grow to a minute and begin anew', () => {
  let now = 0;
  const retry = new Retry({ monotonic: () => now });
  expect(retry.due).toBe(false);
  const pauses = Array.from({ length: 7 }, () => retry.after('TOW_STORE_DISK_FULL'));
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  now = 59_999;
  expect(retry.due).toBe(false);
  now = 60_000;
  expect(retry.due).toBe(true);
  expect(retry.after(undefined)).toBeUndefined();
  expect(retry.due).toBe(false);
  expect(retry.after('TOW_STORE_DATABASE_BUSY')).toBe(2000);
});

test('what only a change to the project mends is not tried again', () => {
  const retry = new Retry({ monotonic: () => 0 });
  expect(retry.after('TOW_DATA_NO_FILES')).toBeUndefined();
  expect(retry.due).toBe(false);
});
