import type { Digest } from '../../core/digest.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { KeptRelease } from '../../store/records/record-copies.ts';
import type { ReleaseRecord } from '../../store/records/release-records.ts';

export interface MendedReleases {
  /** Releases that are written as they were kept, oldest first. */
  readonly write: readonly ReleaseRecord[];
  /** Names of rows that are taken out: each was another release's row. */
  readonly removed: readonly string[];
  /** Rows of the database that others take the place of, to be kept aside. */
  readonly left: readonly ReleaseRecord[];
  /** Names of those whose copies do not stand, and are written anew from the database. */
  readonly copiesLeft: readonly string[];
  readonly notes: readonly Message[];
}

export interface MendReleases {
  /** Those of the database. */
  readonly rows: readonly ReleaseRecord[];
  readonly copies: readonly KeptRelease[];
  /** Names of copies that are not in the database as they were kept. */
  readonly changed: readonly string[];
  /** Names that promotions bear: their rows stay. */
  readonly promoted: ReadonlySet<string>;
  /** Whether a manifest can be read in the store. */
  readonly isWhole: (manifest: Digest) => Promise<boolean>;
  /** Names of releases by their manifests, as reports of later releases tell them. */
  readonly told: ReadonlyMap<Digest, string>;
}

/**
 * Which releases stand where the database and the copies differ: the side whose manifest is in the store and belongs to
 * that name; where that tells nothing the copy, which bears its own digest.
 */
export async function mendReleases({
  rows,
  copies,
  changed,
  promoted,
  isWhole,
  told,
}: MendReleases): Promise<MendedReleases> {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const kept = new Map(copies.map((copy) => [copy.name, copy]));
  const write: ReleaseRecord[] = [];
  const copiesLeft: string[] = [];
  const weigh = async ({ name, manifest }: ReleaseRecord): Promise<number> => {
    const other = told.get(manifest);
    const named = other === undefined ? 0 : other === name ? 1 : -1;
    return ((await isWhole(manifest)) ? 2 : 0) + named;
  };
  for (const name of changed) {
    const [row, copy] = [byName.get(name), kept.get(name)];
    if (copy === undefined) continue;
    if (row === undefined || (await weigh(copy)) >= (await weigh(row))) write.push(copy);
    else copiesLeft.push(name);
  }
  const removed: string[] = [];
  const notes: Message[] = [];
  const standing = new Map(rows.map(({ name, manifest }) => [name, manifest]));
  for (const { name, manifest } of write) standing.set(name, manifest);
  const written = write.filter(({ name, manifest }) => {
    const other = [...standing].find(([held, digest]) => held !== name && digest === manifest)?.[0];
    if (other === undefined) return true;
    if (kept.has(other) || promoted.has(other)) {
      notes.push(say('repair.other-name', { release: name, other }));
      return false;
    }
    removed.push(other);
    standing.delete(other);
    return true;
  });
  const gone = new Set([...removed, ...written.map(({ name }) => name)]);
  return { write: written, removed, left: rows.filter(({ name }) => gone.has(name)), copiesLeft, notes };
}
