import { expect, test } from 'vitest';
import { exitCodes } from './code.ts';
import { errorRegistry } from './registry.ts';
import { asTowpathError, TowpathError } from './towpath-error.ts';

test('an error survives the way through a record with its code, place, hint and causes', () => {
  const cause = new Error('disk on fire', { cause: new Error('match') });
  const error = new TowpathError('TOW_APP_INTERNAL', 'cannot go on', { where: 'a.md:3', hint: 'run', cause });
  const record = JSON.parse(JSON.stringify(error.toRecord())) as ReturnType<typeof error.toRecord>;
  expect(record.causes).toEqual(['disk on fire', 'match']);
  const back = TowpathError.fromRecord(record);
  expect(back).toMatchObject({
    code: 'TOW_APP_INTERNAL',
    where: 'a.md:3',
    hint: 'run',
    exitCode: exitCodes.fault,
  });
});

test('whatever else is thrown becomes a fault of ours that keeps its cause', () => {
  const thrown = new RangeError('out of range');
  expect(asTowpathError(thrown)).toMatchObject({ kind: 'fault', cause: thrown });
  expect(asTowpathError('text').message).toBe('text');
  expect(asTowpathError(undefined).message).not.toBe('');
});

test('every code is documented in both languages', () => {
  for (const [code, entry] of Object.entries(errorRegistry)) {
    expect(code).toMatch(/^TOW_[A-Z]+(_[A-Z]+)+$/);
    for (const text of [entry.meaning.en, entry.meaning.zh, entry.remedy.en, entry.remedy.zh]) {
      expect(text.trim().length, code).toBeGreaterThan(5);
    }
    expect(entry.meaning.zh, code).toMatch(/\p{Script=Han}/u);
  }
});
