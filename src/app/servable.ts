import { asTowpathError, textOf, TowpathError, type ErrorRecord } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { partsOf, servingParts, type PartName } from '../release/explain.ts';
import { readManifest } from '../release/manifest.ts';
import type { ArtifactState, ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Store } from '../store/open.ts';
import type { ReleaseRecord } from '../store/records/release-records.ts';

/**
 * Reads every byte that a release needs to be served.
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
  for (const { part: what, digest } of servingParts(content)) await part(what, () => artifacts.open(digest));
}

/** What is wrong with the ledger and with the live release, as far as it is seen without reading every byte. */
export async function releaseProblems({ records, artifacts }: Store): Promise<ErrorRecord[]> {
  const problems: ErrorRecord[] = [];
  const look = async (check: () => Promise<unknown>): Promise<void> => {
    await check().catch((error: unknown) => problems.push(asTowpathError(error).toRecord()));
  };
  await look(() => records.releases.verify());
  const live = await records.releases.live();
  if (live === undefined) return problems;
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
  return problems;
}

/** `its index is missing`. */
export function lackOf(part: PartName | 'manifest', state: Exclude<ArtifactState, 'present'>): Message {
  return say(`release.part-${state}`, { part: say(`release.${part}`) });
}
