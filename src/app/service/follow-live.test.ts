import { expect, test } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import { followLive } from './follow-live.ts';

const broken = new TowpathError('TOW_STORE_LEDGER_BROKEN', verbatim('the ledger is broken'));
const busy = new TowpathError('TOW_STORE_DATABASE_BUSY', verbatim('it is locked'));

/** What is shown and told while the records say one thing after the other. */
async function follow(records: readonly (string | Error)[]): Promise<string[]> {
  const stop = new AbortController();
  const events: string[] = [];
  const left = [...records];
  await followLive({
    live: () => {
      const next = left.shift();
      if (left.length === 0) stop.abort();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    show: (release) => Promise.resolve(void events.push(release)),
    failed: () => undefined,
    unsure: ({ code }) => events.push(code),
    signal: stop.signal,
    interval: 1,
  });
  return events;
}

test('records that cannot be relied on are told of once, and not followed until they can be again', async () => {
  expect(await follow(['r1', broken, broken, 'r1', 'r2', 'r2'])).toEqual(['r1', broken.code, 'r2']);
});

test('what is broken again after it was whole is told of again; a lock in between tells nothing', async () => {
  expect(await follow(['r1', broken, busy, broken, 'r1', busy, broken, 'r1'])).toEqual([
    'r1',
    broken.code,
    broken.code,
  ]);
});
