import { asTowpathError, TowpathError, type ErrorRecord } from '../core/errors/towpath-error.ts';
import { partsOf, servingParts } from '../release/explain.ts';
import { readManifest } from '../release/manifest.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
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
  const part = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (thrown) {
      const error = asTowpathError(thrown);
      throw new TowpathError(error.code, `${name} cannot be made live: its ${what}: ${error.message}`, {
        ...(error.where !== undefined && { where: error.where }),
        hint: `run \`towpath repair\`, which puts a manifest back; restore other parts of ${name} from a backup, or choose another release`,
        cause: error.cause,
        data: { ...error.data, release: name, part: what },
      });
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
        `the live release ${live.name} is not whole: its ${part} is ${state}`,
        {
          data: { release: live.name, part, digest },
        },
      );
    }
  });
  return problems;
}
