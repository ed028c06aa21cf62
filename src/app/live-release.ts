import { readReport } from '../evaluate/report.ts';
import { readManifest } from '../release/manifest.ts';
import type { Store } from '../store/open.ts';
import type { LiveRelease } from './plan.ts';

/**
 * The live release with what it was compared with; undefined while there is none, or when its answers are no longer in
 * the store: then there is nothing to compare with.
 */
export async function findLiveRelease({ records, artifacts }: Store): Promise<LiveRelease | undefined> {
  const live = await records.releases.live();
  if (live === undefined || !(await artifacts.has(live.manifest))) return undefined;
  const { answers, report } = await readManifest(await artifacts.open(live.manifest));
  if (!(await artifacts.has(answers)) || !(await artifacts.has(report))) return undefined;
  const before = (await readReport(await artifacts.open(report))).live;
  const baseline =
    before?.answers !== undefined && (await artifacts.has(before.answers))
      ? { release: before.release, answers: before.answers }
      : undefined;
  return { release: live.name, answers, ...(baseline && { baseline }) };
}
