import { lstat } from 'node:fs/promises';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message, type Text } from '../core/messages/message.ts';
import type { ArtifactStore } from './artifacts/artifact-store.ts';
import { wholeRows } from './records/ledger.ts';
import type { Records } from './records/open.ts';
import type { RecordCopies } from './records/record-copies.ts';

interface Kept {
  /** Path of the database. */
  readonly path: string;
  readonly artifacts: ArtifactStore;
  readonly copies: RecordCopies;
}

/**
 * Before a database is made: one that is gone, while its artifacts are there, was lost. A new one in its place would
 * give the names of releases a second time.
 *
 * @throws TOW_STORE_RECORDS_LOST
 */
export async function refuseMissing(kept: Kept): Promise<void> {
  if (await lstat(kept.path).catch(() => undefined)) return;
  const { releases } = await kept.copies.counts();
  if (releases > 0 || (await holdsArtifacts(kept.artifacts)))
    throw await lost(kept, say('store.database-missing'));
}

/**
 * The same of a database that was emptied, or taken back to a time before releases that are known here.
 *
 * @throws TOW_STORE_RECORDS_LOST
 */
export async function refuseLost(kept: Kept, records: Records): Promise<void> {
  // The copies first: each is written after its commit, so a healthy database holds all that were there before.
  const copied = await kept.copies.counts();
  if (await records.restore.isEmpty()) {
    if (copied.releases > 0 || (await holdsArtifacts(kept.artifacts)))
      throw await lost(kept, say('store.database-empty'));
    return;
  }
  const { releases, newest } = await records.restore.counts();
  if (copied.releases > releases || copied.newest > newest) {
    const how =
      newest === 0
        ? say('store.database-no-release')
        : say('store.database-ends', { release: `r${String(newest)}` });
    throw await lost(kept, how);
  }
}

/** Writes the copies that are not there: of a store of an earlier version, or when a process died in between. */
export async function completeCopies(
  { copies }: Pick<Kept, 'copies'>,
  records: Records,
  now: number,
): Promise<void> {
  const complete = await copies.complete();
  const before = await copies.counts();
  const counts = await records.restore.counts();
  if (complete === undefined || before.releases < counts.releases) {
    const known = new Set((await copies.releases()).kept.map(({ name }) => name));
    for (const release of await records.releases.list(1_000_000)) {
      if (!known.has(release.name)) await copies.keepRelease(release);
    }
  }
  if (complete === undefined || before.promotions < counts.promotions) {
    const known = new Set((await copies.promotions()).kept.map(({ seq }) => seq));
    const { rows } = await records.restore.ledger();
    // What does not fit is not made to look as if it did.
    for (const row of rows.slice(0, wholeRows(rows)))
      if (!known.has(row.seq)) await copies.keepPromotion(row);
  }
  if (complete !== undefined) return;
  for await (const result of records.restore.results())
    if (!('damaged' in result)) await copies.keepResult(result);
  await copies.markComplete(now);
}

async function holdsArtifacts(artifacts: ArtifactStore): Promise<boolean> {
  const digests = artifacts.digests()[Symbol.asyncIterator]();
  const { done } = await digests.next();
  await digests.return?.();
  return done !== true;
}

async function lost({ path, artifacts, copies }: Kept, how: Message): Promise<TowpathError> {
  let count = 0;
  for await (const digest of artifacts.digests()) if (digest) count += 1;
  const { kept } = await copies.releases();
  const names = kept.map(({ name }) => name);
  return new TowpathError(
    'TOW_STORE_RECORDS_LOST',
    say('store.records-lost', { how, count, releases: andReleases(names) }),
    { where: path, data: { artifacts: count, releases: names } },
  );
}

/** `, and the release r1`, `, and the releases r1, r2`, `, and the releases r1 to r9`. */
function andReleases(names: readonly string[]): Text {
  const [first, ...others] = names;
  if (first === undefined) return '';
  const last = others.at(-1);
  if (last === undefined) return say('store.and-release', { release: first });
  return say('store.and-releases', {
    releases: others.length < 2 ? names : say('store.span', { first, last }),
  });
}
