import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depth } from './json-body.ts';

function depthOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('counts nesting as the parser would, brackets in strings left out', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(depth(JSON.stringify(value))).toBe(depthOf(value));
    }),
  );
  expect(depth(String.raw`{"a":"[[\"[[","b":[1]}`)).toBe(2);
});
