import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import type { KeptResult } from './record-copies.ts';
import { sameKeptResult, sameRelease, sameResult } from './same-record.ts';

const digest = digestBytes('x');
const release = { name: 'r1', manifest: digest, createdAt: 1, createdBy: 'ann' };
const result = {
  ...{ key: digest, step: 'a', kind: 'k', code: digest, params: { p: '1' }, facts: { n: 1 } },
  ...{ outputs: { out: digest }, run: 'run-1', createdAt: 1, duration: 2 },
};

test('releases are the same when all that is kept of them is', () => {
  expect(sameRelease(release, { ...release })).toBe(true);
  expect(sameRelease({ ...release, run: 'run-1' }, { ...release, run: 'run-1' })).toBe(true);
  const others = [
    ...[{ name: 'r2' }, { manifest: digestBytes('y') }, { createdAt: 2 }, { createdBy: 'bob' }],
    ...[{ run: 'run-1' }, { givenUp: { at: 1, by: 'ann' } }],
  ];
  for (const other of others) expect(sameRelease(release, { ...release, ...other })).toBe(false);
  const [one, another] = ['ann', 'bob'].map((by) => ({ ...release, givenUp: { at: 1, by } }));
  expect(one && another && sameRelease(one, another)).toBe(false);
});

test('results are the same whatever the order of their members, a part of a millisecond and what JSON leaves out', () => {
  const reversed = Object.fromEntries(Object.entries(result).reverse()) as unknown as typeof result;
  expect(sameResult(result, reversed)).toBe(true);
  expect(sameResult(result, { ...result, duration: 2.4 })).toBe(true);
  expect(sameResult(result, { ...result, duration: 2.6 })).toBe(false);
  expect(sameResult(result, { ...result, facts: { n: 1, gone: undefined as never } })).toBe(true);
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const [one, other] = [a, b].map((n) => ({ ...result, facts: { n: n as never } }));
      const same = JSON.stringify(a) === JSON.stringify(b);
      if (one && other && same) expect(sameResult(one, other)).toBe(true);
      expect(one && sameResult(one, result)).toBe(a === 1);
    }),
  );
});

test('results are not the same when they were made of something else, whatever it is called', () => {
  const inputs = ['a', 'b'].map((name) => ({ role: 'input' as const, name, digest, label: `${name}/out` }));
  const kept: KeptResult = { result, inputs, artifacts: [] };
  const other = (changes: object): KeptResult => ({
    ...kept,
    inputs: inputs.map((input, at) => (at === 1 ? { ...input, ...changes } : input)),
  });
  expect(sameKeptResult(kept, { ...kept, inputs: [...inputs].reverse() })).toBe(true);
  expect(sameKeptResult(kept, other({ label: 'step/of another plan' }))).toBe(true);
  for (const changes of [{ name: 'c' }, { role: 'external' }, { digest: digestBytes('y') }])
    expect(sameKeptResult(kept, other(changes))).toBe(false);
  expect(sameKeptResult(kept, { ...kept, inputs: inputs.slice(1) })).toBe(false);
  expect(sameKeptResult(kept, { ...kept, result: { ...result, run: 'run-2' } })).toBe(false);
});
