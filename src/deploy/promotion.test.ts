import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TowpathError } from '../core/errors/towpath-error.ts';
import { goodReleases, liveRelease, rollbackTarget, type Promotion } from './promotion.ts';

const promote = (release: string): Promotion => ({ release, action: 'promote' });
const rollback = (release: string): Promotion => ({ release, action: 'rollback' });

test('the last record names the live release', () => {
  expect(liveRelease([])).toBeUndefined();
  expect(liveRelease([promote('r1'), promote('r2'), rollback('r1')])).toBe('r1');
});

test('a rollback goes to the release that was live before', () => {
  expect(rollbackTarget([promote('r1'), promote('r2'), promote('r3')])).toBe('r2');
});

test('a second rollback goes further back, never to what was rolled back', () => {
  expect(rollbackTarget([promote('r1'), promote('r2'), promote('r3'), rollback('r2')])).toBe('r1');
});

test('a release promoted again after a rollback counts anew', () => {
  const records = [promote('r1'), promote('r2'), rollback('r1'), promote('r3')];
  expect(goodReleases(records)).toEqual(['r1', 'r3']);
  expect(rollbackTarget(records)).toBe('r1');
});

test('a release that was given up is passed over, refused by name, and not suggested', () => {
  const records = [promote('r1'), promote('r2'), promote('r3')];
  expect(rollbackTarget(records, undefined, new Set(['r2']))).toBe('r1');
  expect(() => rollbackTarget(records, 'r2', new Set(['r2']))).toThrow('r2 was given up');
  expect(() => rollbackTarget([promote('r1'), promote('r2')], undefined, new Set(['r1']))).toThrow(
    'no release was live before r2',
  );
});

test('without an earlier release it says so', () => {
  expect(() => rollbackTarget([])).toThrow('no release was ever live');
  expect(() => rollbackTarget([promote('r1'), promote('r1')])).toThrow('no release was live before r1');
  expect(() => rollbackTarget([promote('r1')], 'r1')).toThrow('r1 is live already');
});

test('what is suggested instead is a release that there is', () => {
  const hintOf = (records: readonly Promotion[], named?: string): string => {
    try {
      return rollbackTarget(records, named);
    } catch (error) {
      return (error as TowpathError).hint;
    }
  };
  expect(hintOf([])).not.toContain('rollback');
  for (const named of [undefined, 'r1'])
    expect(hintOf([promote('r1')], named)).toBe(
      'r1 is the only release; the next one is made by a run that passes its gates',
    );
  expect(hintOf([promote('r1'), promote('r2'), rollback('r1')])).toContain('`towpath rollback r2`');
});

test('however the history went, a rollback ends at an earlier release or says that there is none', () => {
  const action = fc.record({
    release: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
    action: fc.constantFrom<Promotion['action']>('promote', 'rollback'),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 12 }), (script) => {
      const history: Promotion[] = [...script];
      for (let steps = 0; steps < 20; steps++) {
        let target: string;
        try {
          target = rollbackTarget(history);
        } catch {
          return;
        }
        expect(target).not.toBe(liveRelease(history));
        expect(history.some((record) => record.release === target)).toBe(true);
        history.push(rollback(target));
      }
      throw new Error('rolling back never ends');
    }),
  );
});
