import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../core/clock.ts';
import { asTowpathError } from '../core/errors/towpath-error.ts';
import { openStore } from '../store/open.ts';
import type { Check } from './doctor-check.ts';

/** Whether the records open, their ledger is whole, and the live release's manifest can be read. Makes nothing. */
export async function checkStore(dir: string): Promise<Check> {
  const name = 'records';
  const state = join(dir, '.towpath');
  const there = await Promise.all(
    ['towpath.db', 'artifacts'].map((each) => lstat(join(state, each)).catch(() => undefined)),
  );
  if (there.every((each) => each === undefined)) return { name, state: 'ok', found: 'nothing recorded yet' };
  try {
    const store = await openStore({ dir: state, clock: systemClock });
    try {
      const { releases, promotions } = await store.records.restore.counts();
      await store.records.releases.verify();
      const live = await store.records.releases.live();
      if (live) await store.artifacts.open(live.manifest);
      const found = `${counted(releases, 'release')}, the ledger of ${counted(promotions, 'promotion')} is whole`;
      return { name, state: 'ok', found };
    } finally {
      await store.close();
    }
  } catch (thrown) {
    const { code, message, hint, kind } = asTowpathError(thrown);
    const lacks = kind === 'user' ? 'project' : 'machine';
    return { name, state: 'fail', lacks, found: `${code}: ${message}`, fix: hint };
  }
}

function counted(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}
