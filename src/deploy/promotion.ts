import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';

/** What these decisions need of a promotion record; records are append-only, oldest first. */
export interface Promotion {
  /** Name of the release: `r3`. */
  readonly release: string;
  readonly action: 'promote' | 'rollback';
}

/** The release that takes traffic; undefined before the first promotion. */
export function liveRelease(promotions: readonly Promotion[]): string | undefined {
  return promotions.at(-1)?.release;
}

/**
 * Releases to go back to, the live one last. A rollback takes those above its target off: they were rolled back for a
 * reason, and a second rollback must not bring one of them back.
 */
export function goodReleases(promotions: readonly Promotion[]): string[] {
  const stack: string[] = [];
  for (const { release, action } of promotions) {
    const at = stack.lastIndexOf(release);
    if (action === 'rollback' && at >= 0) stack.splice(at + 1);
    else if (stack.at(-1) !== release) stack.push(release);
  }
  return stack;
}

/**
 * The release that a rollback makes live: the named one, or the last good one before the live one.
 *
 * @param givenUp releases that never go live again
 * @throws TOW_DEPLOY_NO_ROLLBACK_TARGET when there is none, or the named one is live already or given up
 */
export function rollbackTarget(
  promotions: readonly Promotion[],
  named?: string,
  givenUp: ReadonlySet<string> = new Set(),
): string {
  const live = liveRelease(promotions);
  if (live === undefined) throw noTarget(say('rollback.never-live'), say('rollback.first'));
  const others = [...new Set(promotions.map(({ release }) => release))].filter(
    (name) => name !== live && !givenUp.has(name),
  );
  const hint = otherwise(live, others);
  if (named !== undefined && named === live)
    throw noTarget(say('rollback.live-already', { release: named }), hint);
  if (named !== undefined && givenUp.has(named))
    throw noTarget(say('rollback.given-up', { release: named }), hint);
  const target =
    named ??
    goodReleases(promotions)
      .filter((release) => release !== live && !givenUp.has(release))
      .at(-1);
  if (target === undefined) throw noTarget(say('rollback.none-before', { release: live }), hint);
  return target;
}

/** What can be named instead: only releases that there are. */
function otherwise(live: string, others: readonly string[]): Message {
  const newest = others.at(-1);
  return newest === undefined
    ? say('rollback.only-one', { release: live })
    : say('rollback.name-another', { release: newest });
}

function noTarget(message: Message, hint: Message): TowpathError {
  return new TowpathError('TOW_DEPLOY_NO_ROLLBACK_TARGET', message, { hint });
}
