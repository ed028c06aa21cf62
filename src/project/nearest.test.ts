import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

it('finds the key that was meant', () => {
  const keys = ['name', 'files', 'exclude', 'max_file_size'];
  expect(nearest('fiels', keys)).toBe('files');
  expect(nearest('maxFileSize', keys)).toBe('max_file_size');
  expect(nearest('zzz', keys)).toBeUndefined();
});

it('measures a distance: zero for equals alone, the same both ways, at most the longer text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b);
      expect(distance === 0).toBe(a === b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
