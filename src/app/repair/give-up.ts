import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { Store } from '../../store/open.ts';
import type { ReleaseRecord } from '../../store/records/release-records.ts';
import { verifyServable } from '../servable.ts';
import type { RepairRecord } from '../records/upkeep.ts';

const damage = new Set([
  'TOW_STORE_ARTIFACT_TAMPERED',
  'TOW_STORE_ARTIFACT_MISSING',
  'TOW_RELEASE_MANIFEST_INVALID',
]);

/**
 * Records that a damaged release will not come back: it is no fault any more, and never goes live again.
 *
 * @throws TOW_RELEASE_NOT_GIVEN_UP when it is live, or whole
 */
export async function giveUpRelease(
  { records: { releases }, artifacts }: Store,
  release: ReleaseRecord,
  actor: string,
): Promise<RepairRecord> {
  await releases.verify();
  const { name } = release;
  const live = await releases.live();
  if (live?.name === name) throw refused(say('release.live-kept', { release: name }));
  if (release.givenUp === undefined && (await isWhole(release, artifacts)))
    throw refused(say('release.whole-kept', { release: name }));
  await releases.giveUp(name, actor);
  const promotions = (await releases.promotions()).length;
  const nothing = { releases: [], manifests: [], results: 0, kept: [], notes: [], noteTexts: [] };
  return {
    ...{ database: 'whole', ledger: 'whole', promotions, ...nothing, givenUp: name },
    ...(live !== undefined && { live: live.name }),
  };
}

async function isWhole(release: ReleaseRecord, artifacts: Store['artifacts']): Promise<boolean> {
  try {
    await verifyServable(release, artifacts);
    return true;
  } catch (error) {
    if (error instanceof TowpathError && damage.has(error.code)) return false;
    throw error;
  }
}

function refused(why: Message): TowpathError {
  return new TowpathError('TOW_RELEASE_NOT_GIVEN_UP', why);
}
