import { expect, test } from 'vitest';
import { digestBytes, type Digest } from '../../core/digest.ts';
import type { ReleaseRecord } from '../../store/records/release-records.ts';
import { mendReleases } from './mend-releases.ts';

const manifest = (name: string): Digest => digestBytes(name);
const release = (name: string, of = name): ReleaseRecord => ({
  ...{ name, manifest: manifest(of), createdAt: 1, createdBy: 'ann' },
});

interface Case {
  readonly rows: readonly ReleaseRecord[];
  readonly copies: readonly ReleaseRecord[];
  readonly changed: readonly string[];
  readonly promoted?: readonly string[];
  /** Releases whose manifests are in the store. */
  readonly whole?: readonly string[];
  readonly told?: Readonly<Record<string, string>>;
}

async function mend({ rows, copies, changed, promoted = [], whole = ['r1', 'r2', 'r3'], told = {} }: Case) {
  const { write, removed, copiesLeft, left, notes } = await mendReleases({
    ...{ rows, copies, changed },
    promoted: new Set(promoted),
    isWhole: (digest) => Promise.resolve(whole.some((name) => manifest(name) === digest)),
    told: new Map(Object.entries(told).map(([of, name]) => [manifest(of), name])),
  });
  const names = (list: readonly ReleaseRecord[]): string[] => list.map(({ name }) => name);
  return { write: names(write), removed, copiesLeft, left: names(left), notes: notes.map(({ id }) => id) };
}

const nothing = { write: [], removed: [], copiesLeft: [], left: [], notes: [] };
const all = [release('r1'), release('r2')];

test('the side whose manifest is in the store stands', async () => {
  const forged = [release('r1'), release('r2', 'forged')];
  const changed = ['r2'];
  expect(await mend({ rows: forged, copies: all, changed })).toEqual({
    ...nothing,
    write: ['r2'],
    left: ['r2'],
  });
  expect(await mend({ rows: all, copies: forged, changed })).toEqual({ ...nothing, copiesLeft: ['r2'] });
});

test('where both are there, the one that a report tells of by that name stands, else the copy', async () => {
  const other = [release('r1'), release('r2', 'r3')];
  const changed = ['r2'];
  expect(await mend({ rows: other, copies: all, changed })).toMatchObject({ write: ['r2'] });
  const told = { r2: 'r2' };
  expect(await mend({ rows: all, copies: other, changed, told })).toMatchObject({ copiesLeft: ['r2'] });
  expect(await mend({ rows: other, copies: all, changed, told })).toMatchObject({ write: ['r2'] });
});

test('two that have changed places are put back, and one that is lost comes back', async () => {
  const swapped = [release('r1', 'r2'), release('r2', 'r1')];
  expect(await mend({ rows: swapped, copies: all, changed: ['r1', 'r2'] })).toMatchObject({
    write: ['r1', 'r2'],
    removed: [],
  });
  expect(await mend({ rows: [release('r1')], copies: all, changed: ['r2'] })).toEqual({
    ...nothing,
    write: ['r2'],
  });
});

test('a row that was named anew gives way, unless promotions bear its new name', async () => {
  const renamed = { rows: [release('r1'), release('r9', 'r2')], copies: all, changed: ['r2'] };
  expect(await mend(renamed)).toEqual({ ...nothing, write: ['r2'], removed: ['r9'], left: ['r9'] });
  expect(await mend({ ...renamed, promoted: ['r9'] })).toEqual({ ...nothing, notes: ['repair.other-name'] });
});
