import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitOf } from './split.ts';

const shares = { train: 0.8, validation: 0.1, test: 0.1 };

test('adding documents moves no other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.uniqueArray(fc.string()), (before, added) => {
      const assign = (ids: string[]) => new Map(ids.map((id) => [id, splitOf(id, shares)]));
      const first = assign(before);
      const second = assign([...added, ...before]);
      for (const [id, split] of first) expect(second.get(id)).toBe(split);
    }),
  );
});

test('a larger share for training takes documents in and puts none out', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      if (splitOf(id, shares) === 'train')
        expect(splitOf(id, { train: 0.9, validation: 0.05, test: 0.05 })).toBe('train');
    }),
  );
});

test('the shares come out over many documents', () => {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let n = 0; n < 20_000; n += 1) counts[splitOf(`document ${String(n)}`, shares)] += 1;
  expect(counts.train / 20_000).toBeCloseTo(0.8, 1);
  expect(counts.test / 20_000).toBeCloseTo(0.1, 1);
});
