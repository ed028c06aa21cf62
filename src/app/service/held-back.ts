import type { Store } from '../../store/open.ts';

/** Why a release that is older than the newest is live. */
export interface HeldBack {
  /** Name of the live release. */
  readonly release: string;
  /** The newest release, which is not live. */
  readonly newest: string;
  /** Who rolled back, and when: ISO 8601. */
  readonly by: string;
  readonly at: string;
}

/** Tells of a newer release that takes no traffic because someone rolled back. */
export async function heldBack({
  records: { releases },
}: Pick<Store, 'records'>): Promise<HeldBack | undefined> {
  const last = (await releases.promotions()).at(-1);
  const newest = (await releases.list()).find(({ givenUp }) => givenUp === undefined);
  if (last?.action !== 'rollback' || newest === undefined || newest.name === last.release) return undefined;
  const at = new Date(last.at).toISOString();
  return { release: last.release, newest: newest.name, by: last.actor, at };
}
