import { expect, test } from 'vitest';
import { readJson, writeJson } from './json-column.ts';

test('what was written is read again, and damage is told as what it is', () => {
  expect(readJson(writeJson({ a: ['文'] }))).toEqual({ a: ['文'] });
  expect(() => readJson('{"half')).toThrow(
    expect.objectContaining({ code: 'TOW_STORE_DATABASE_CORRUPT' }) as Error,
  );
});
