import type { Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { partsOf, type PartName } from '../release/explain.ts';
import { readManifest } from '../contract/release-manifest.ts';
import type { ArtifactState, ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Store } from '../store/open.ts';
import type { ReleaseRecord } from '../store/records/release-records.ts';
import { lackOf } from './servable.ts';

export interface ReleaseLacks {
  readonly problems: readonly TowpathError[];
  /** What is no fault: of an older release artifacts may be removed, and what is damaged may have been given up. */
  readonly notes: readonly Message[];
  /** How many releases were looked at. */
  readonly count: number;
}

interface Lacking {
  readonly part: PartName | 'manifest';
  readonly digest: Digest;
  readonly state: Exclude<ArtifactState, 'present'>;
}

/** What releases lack of what they are made of, as far as it is seen without reading every byte. */
export async function releaseLacks({ records, artifacts }: Store): Promise<ReleaseLacks> {
  const live = await records.releases.live();
  const releases = await records.releases.list(1_000_000);
  const newest = releases[0] && (await digestsOf(releases[0], artifacts));
  const problems: TowpathError[] = [];
  const notes: Message[] = [];
  for (const release of releases) {
    const lacks = await lacking(release, artifacts);
    if (lacks.length === 0 && release.givenUp === undefined) continue;
    const { name, givenUp } = release;
    const said = lacks.map(({ part, state }) => lackOf(part, state));
    const text = say('release.not-whole', { release: name, lacks: said });
    if (givenUp !== undefined) notes.push(say('release.given-up-by', { release: name, by: givenUp.by }));
    else if (name === live?.name || lacks.some(({ state }) => state === 'damaged')) {
      const hint = wayOn(release, lacks, live?.name, newest);
      const data = { release: name, lacks: lacks.map(({ part, state }) => ({ part, state })) };
      problems.push(new TowpathError('TOW_RELEASE_NOT_WHOLE', text, { data, ...(hint && { hint }) }));
    } else notes.push(text);
  }
  return { problems, notes, count: releases.length };
}

/** A run makes again what the present files give, which may have other bytes; nothing but a backup has those of before. */
function wayOn(
  { name }: ReleaseRecord,
  lacks: readonly Lacking[],
  live: string | undefined,
  newest: ReadonlySet<Digest> | undefined,
): Message | undefined {
  // A manifest that is damaged is put back from its copy.
  if (lacks.some(({ part }) => part === 'manifest')) return undefined;
  if (name === live) return say('release.live-way-on', { release: name });
  const again = lacks.every(({ digest }) => newest?.has(digest));
  return say(again ? 'release.newest-way-on' : 'release.older-way-on', { release: name });
}

async function digestsOf({ manifest }: ReleaseRecord, artifacts: ArtifactStore): Promise<Set<Digest>> {
  const content = await contentOf(manifest, artifacts);
  return new Set(content && partsOf(content).map(({ digest }) => digest));
}

async function lacking({ manifest }: ReleaseRecord, artifacts: ArtifactStore): Promise<Lacking[]> {
  // What a newer version wrote was told as such; it is there.
  const stateOf = (digest: Digest) => artifacts.check(digest).catch((): ArtifactState => 'present');
  const state = await stateOf(manifest);
  if (state !== 'present') return [{ part: 'manifest', digest: manifest, state }];
  const content = await contentOf(manifest, artifacts);
  if (content === undefined) return [{ part: 'manifest', digest: manifest, state: 'damaged' }];
  const parts = partsOf(content).map(async ({ part, digest }): Promise<Lacking[]> => {
    const found = await artifacts.check(digest);
    return found === 'present' ? [] : [{ part, digest, state: found }];
  });
  return (await Promise.all(parts)).flat();
}

async function contentOf(manifest: Digest, artifacts: ArtifactStore) {
  return await artifacts
    .open(manifest)
    .then(readManifest)
    .catch(() => undefined);
}
