import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { asTowpathError, textOf } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { projectFileName } from '../../project/find.ts';
import type { Environment } from '../../project/trust/trust-file.ts';
import { openStore } from '../../store/open.ts';
import type { Check } from './check.ts';
import { refuseLinksOut } from '../state-links.ts';

/** Whether the records open, their ledger is whole, and the live release's manifest can be read. Makes nothing. */
export async function checkStore(dir: string, env: Environment): Promise<Check> {
  const name = say('doctor.records');
  const state = join(dir, '.towpath');
  const there = await Promise.all(
    ['towpath.db', 'artifacts'].map((each) => lstat(join(state, each)).catch(() => undefined)),
  );
  if (there.every((each) => each === undefined))
    return { name, state: 'ok', found: say('doctor.nothing-recorded') };
  try {
    await refuseLinksOut({ dir, file: join(dir, projectFileName) }, env);
    const store = await openStore({ dir: state, clock: systemClock });
    try {
      const { releases, promotions } = await store.records.restore.counts();
      await store.records.releases.verify();
      const live = await store.records.releases.live();
      if (live) await store.artifacts.open(live.manifest);
      const found = say('doctor.records-whole', {
        releases: say('doctor.releases', { n: releases }),
        promotions: say('doctor.promotions', { n: promotions }),
      });
      return { name, state: 'ok', found };
    } finally {
      await store.close();
    }
  } catch (thrown) {
    const error = asTowpathError(thrown);
    const { code, hint, kind } = error;
    const lacks = kind === 'user' ? 'project' : 'machine';
    return {
      name,
      state: 'fail',
      lacks,
      found: say('doctor.error', { code, message: textOf(error) }),
      fix: hint,
    };
  }
}
