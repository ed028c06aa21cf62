import { lstat } from 'node:fs/promises';
import { TowpathError } from '../core/errors/towpath-error.ts';
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
  if (releases > 0 || (await holdsArtifacts(kept.artifacts))) throw await lost(kept, 'is missing');
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
    if (copied.releases > 0 || (await holdsArtifacts(kept.artifacts))) throw await lost(kept, 'is empty');
    return;
  }
  const { releases, newest } = await records.restore.counts();
  if (copied.releases > releases || copied.newest > newest) {
    const has = newest === 0 ? 'has no release' : `ends at r${String(newest)}`;
    throw await lost(kept, has);
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
  for await (const result of records.restore.results()) await copies.keepResult(result);
  await copies.markComplete(now);
}

async function holdsArtifacts(artifacts: ArtifactStore): Promise<boolean> {
  for await (const digest of artifacts.digests()) return digest !== undefined;
  return false;
}

async function lost({ path, artifacts, copies }: Kept, how: string): Promise<TowpathError> {
  let count = 0;
  for await (const digest of artifacts.digests()) if (digest) count += 1;
  const { kept } = await copies.releases();
  const names = kept.map(({ name }) => name);
  const releases =
    names.length === 0 ? '' : `, and ${names.length === 1 ? 'the release' : 'the releases'} ${span(names)}`;
  return new TowpathError(
    'TOW_STORE_RECORDS_LOST',
    `the records are lost: the database ${how}, while its artifacts folder holds ${String(count)} artifacts${releases}`,
    { where: path, data: { artifacts: count, releases: names } },
  );
}

/** `r1`, `r1, r2`, `r1 to r9`. */
function span(names: readonly string[]): string {
  return names.length < 3 ? names.join(', ') : `${names[0] ?? ''} to ${names.at(-1) ?? ''}`;
}
