import { stat } from 'node:fs/promises';
import type { Digest } from '../../core/digest.ts';
import type { ReleaseManifest } from '../../contract/release-manifest.ts';
import { reportFormat } from '../../contract/evaluation-report.ts';
import { readManifest } from '../../contract/release-manifest.ts';
import type { ArtifactStore } from '../../store/artifacts/artifact-store.ts';
import { numberOf } from '../../store/records/record-copies.ts';
import type { ReleaseRecord } from '../../store/records/release-records.ts';

interface Found {
  readonly digest: Digest;
  readonly manifest: ReleaseManifest;
  readonly madeAt: number;
}

/**
 * Releases whose manifests lie among the artifacts and whose names no record holds any more. A later release's report
 * names the one that was live when it was made, which gives some names for certain; the others get the free numbers in
 * the order in which they were made.
 *
 * @param since older manifests belong to releases that were given up
 */
export async function unnamedReleases(
  artifacts: ArtifactStore,
  named: readonly ReleaseRecord[],
  since: number,
  createdBy: string,
): Promise<ReleaseRecord[]> {
  const known = new Map(named.map(({ manifest, name }) => [manifest, name]));
  const found = (await findManifests(artifacts)).filter(
    ({ digest, madeAt }) => known.has(digest) || madeAt >= since,
  );
  const told = await namesTold(artifacts, found);
  const taken = new Set(named.map(({ name }) => numberOf(name)));
  const newest: { number: number } = { number: 0 };
  const numbers = new Map<Digest, number>();
  for (const { digest, manifest } of found) {
    const name = known.get(digest) === undefined ? told.get(manifest.answers) : undefined;
    if (name === undefined || taken.has(numberOf(name))) continue;
    taken.add(numberOf(name));
    numbers.set(digest, numberOf(name));
  }
  for (const { digest } of found) {
    const name = known.get(digest);
    const fixed = name === undefined ? numbers.get(digest) : numberOf(name);
    if (fixed === undefined) {
      let number = newest.number + 1;
      while (taken.has(number)) number += 1;
      taken.add(number);
      numbers.set(digest, number);
    }
    newest.number = Math.max(newest.number, fixed ?? numbers.get(digest) ?? 0);
  }
  return found.flatMap(({ digest, madeAt }): ReleaseRecord[] => {
    const number = numbers.get(digest);
    if (number === undefined) return [];
    return [{ name: `r${String(number)}`, manifest: digest, createdAt: Math.round(madeAt), createdBy }];
  });
}

/** Names of releases by their manifests, as far as reports of later releases tell them. */
export async function toldNames(artifacts: ArtifactStore): Promise<Map<Digest, string>> {
  const found = await findManifests(artifacts);
  const names = await namesTold(artifacts, found);
  return new Map(
    found.flatMap(({ digest, manifest }) => {
      const name = names.get(manifest.answers);
      return name === undefined ? [] : [[digest, name]];
    }),
  );
}

/** In the order in which they were made. */
async function findManifests(artifacts: ArtifactStore): Promise<Found[]> {
  const found: Found[] = [];
  for await (const { digest, kind, media } of artifacts.list()) {
    if (kind !== 'file' || media !== 'release') continue;
    const manifest = await readOne(artifacts, digest).catch(() => undefined);
    if (manifest) found.push(manifest);
  }
  return found.sort((a, b) => a.madeAt - b.madeAt || (a.digest < b.digest ? -1 : 1));
}

async function readOne(artifacts: ArtifactStore, digest: Digest): Promise<Found> {
  const path = await artifacts.open(digest);
  return { digest, manifest: await readManifest(path), madeAt: (await stat(path)).mtimeMs };
}

/** Names of releases by the answers that they gave. */
async function namesTold(artifacts: ArtifactStore, found: readonly Found[]): Promise<Map<Digest, string>> {
  const names = new Map<Digest, string>();
  for (const { manifest } of found) {
    const report = await artifacts
      .open(manifest.report)
      .then((folder) => reportFormat.read(folder))
      .catch(() => undefined);
    const live = report?.live;
    if (live?.answers !== undefined && /^r\d+$/.test(live.release)) names.set(live.answers, live.release);
  }
  return names;
}
