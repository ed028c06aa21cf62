import { asTowpathError, textOf, TowpathError, type ErrorRecord } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { partsOf, type PartName } from '../release/explain.ts';
import { readManifest } from '../contract/release-manifest.ts';
import type { ArtifactState, ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Store } from '../store/open.ts';
import type { ReleaseRecord } from '../store/records/release-records.ts';

/**
 * Reads every byte that a release is made of: also what it is compared by and explained with, once it is live.
 *
 * @throws TOW_STORE_ARTIFACT_* naming the release and its part
 */
export async function verifyServable(
  { name, manifest }: ReleaseRecord,
  artifacts: ArtifactStore,
): Promise<void> {
  const part = async <T>(what: PartName | 'manifest', read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (thrown) {
      const error = asTowpathError(thrown);
      throw new TowpathError(
        error.code,
        say('release.not-servable', { release: name, part: say(`release.${what}`), why: textOf(error) }),
        {
          ...(error.whereText !== undefined && { where: error.whereText }),
          hint: say('release.repair-or-choose', { release: name }),
          cause: error.cause,
          data: { ...error.data, release: name, part: what },
        },
      );
    }
  };
  const content = await part('manifest', async () => readManifest(await artifacts.open(manifest)));
  for (const { part: what, digest } of partsOf(content)) await part(what, () => artifacts.open(digest));
}

export interface LiveRelease {
  /** Undefined when there is none, and when the records cannot be relied on to name it. */
  readonly live: ReleaseRecord | undefined;
  /** What is wrong with the records and with the live release, as far as it is seen without reading every byte. */
  readonly problems: readonly ErrorRecord[];
}

/** The release that is live, as far as the records can be relied on. */
export async function liveRelease({ records, artifacts }: Store): Promise<LiveRelease> {
  const problems: ErrorRecord[] = [];
  const look = async (check: () => Promise<unknown>): Promise<void> => {
    await check().catch((error: unknown) => problems.push(asTowpathError(error).toRecord()));
  };
  await look(() => records.releases.verify());
  const live = problems.length > 0 ? undefined : await records.releases.live();
  if (live === undefined) return { live, problems };
  await look(async () => {
    const content = await readManifest(await artifacts.open(live.manifest));
    for (const { part, digest } of partsOf(content)) {
      const state = await artifacts.check(digest);
      if (state === 'present') continue;
      throw new TowpathError(
        'TOW_RELEASE_NOT_WHOLE',
        say('release.live-not-whole', { release: live.name, lacks: lackOf(part, state) }),
        {
          data: { release: live.name, part, digest },
        },
      );
    }
  });
  return { live, problems };
}

/** `its index is missing`. */
export function lackOf(part: PartName | 'manifest', state: Exclude<ArtifactState, 'present'>): Message {
  return say(`release.part-${state}`, { part: say(`release.${part}`) });
}
