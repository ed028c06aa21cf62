import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes } from '../../core/digest.ts';
import { openStore } from '../../store/open.ts';
import { heldBack } from './held-back.ts';

test('a release is held back from a rollback until it, or a newer one, is made live', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-held-'));
  const store = await openStore({ dir, clock: systemClock });
  const { releases } = store.records;
  const act = (release: string, action: 'promote' | 'rollback', actor: string) =>
    releases.promote({ release, action, actor, reason: 'test' });
  try {
    expect(await heldBack(store)).toBeUndefined();
    for (const name of ['r1', 'r2']) {
      await releases.create({ manifest: digestBytes(name), createdBy: 'eve' });
      await act(name, 'promote', 'eve');
    }
    expect(await heldBack(store)).toBeUndefined();
    const { at } = await act('r1', 'rollback', 'ada');
    expect(await heldBack(store)).toEqual({
      release: 'r1',
      newest: 'r2',
      by: 'ada',
      at: new Date(at).toISOString(),
    });
    await act('r2', 'rollback', 'ada');
    expect(await heldBack(store)).toBeUndefined();
  } finally {
    await store.close();
    await rm(dir, { recursive: true });
  }
});
