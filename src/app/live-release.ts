import { textOf, TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { reportFormat } from '../contract/evaluation-report.ts';
import { readManifest } from '../contract/release-manifest.ts';
import type { Store } from '../store/open.ts';
import type { LiveRelease } from '../contract/live-release.ts';

/**
 * The live release with what it was compared with; undefined while there is none, or when its answers are no longer in
 * the store: then there is nothing to compare with, and `lacking` is told why when that is because of damage.
 */
export async function findLiveRelease(
  { records, artifacts }: Store,
  lacking: (error: TowpathError) => void = () => undefined,
): Promise<LiveRelease | undefined> {
  const live = await records.releases.live();
  if (live === undefined || (await artifacts.check(live.manifest)) === 'missing') return undefined;
  try {
    const { answers, report } = await readManifest(await artifacts.open(live.manifest));
    if ((await artifacts.check(answers)) === 'missing') return undefined;
    if ((await artifacts.check(report)) === 'missing') return undefined;
    await artifacts.open(answers);
    const before = (await reportFormat.read(await artifacts.open(report))).live;
    const baseline =
      before?.answers !== undefined && (await artifacts.has(before.answers))
        ? { release: before.release, answers: before.answers }
        : undefined;
    return { release: live.name, answers, ...(baseline && { baseline }) };
  } catch (error) {
    if (!(error instanceof TowpathError) || !damage.has(error.code)) throw error;
    lacking(
      new TowpathError(
        error.code,
        say('release.nothing-compared', { release: live.name, why: textOf(error) }),
        {
          ...(error.whereText !== undefined && { where: error.whereText }),
          cause: error.cause,
        },
      ),
    );
    return undefined;
  }
}

const damage = new Set(['TOW_STORE_ARTIFACT_TAMPERED', 'TOW_STORE_ARTIFACT_MISSING']);
