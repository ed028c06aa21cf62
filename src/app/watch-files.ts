import { setTimeout as sleep } from 'node:timers/promises';

/** What a watched file looked like: path to size and modification time, without reading it. */
export type FileStates = ReadonlyMap<string, string>;

export interface WatchOptions {
  /** Takes a look; called once each interval. A look that fails is skipped: the next may succeed. */
  readonly look: () => Promise<FileStates>;
  /** Asked at each look: whether to yield though nothing changed. @default never */
  readonly due?: () => boolean;
  readonly signal: AbortSignal;
  /** Milliseconds between looks. @default 1000 */
  readonly interval?: number;
}

/**
 * Yields the paths that were added, removed or modified, once they have been still for one interval: an editor that
 * saves twice, or a checkout of many files, is one change. Looks instead of listening because file events are lost on
 * network file systems and in containers. Yields no path when nothing changed and it is `due`. Ends when the signal
 * aborts.
 *
 * @param before the state that the first look is compared with: what the last run has seen
 */
export async function* watchFiles(
  before: FileStates,
  { look, due, signal, interval = 1000 }: WatchOptions,
): AsyncGenerator<string[]> {
  let seen = before;
  let pending = new Set<string>();
  while (await pause(interval, signal)) {
    const now = await look().catch(() => seen);
    const changed = changes(seen, now);
    seen = now;
    for (const path of changed) pending.add(path);
    if (changed.length > 0 || (pending.size === 0 && due?.() !== true)) continue;
    yield [...pending].sort();
    pending = new Set();
  }
}

function changes(before: FileStates, now: FileStates): string[] {
  const changed = [...now].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
  const removed = [...before.keys()].filter((path) => !now.has(path));
  return [...changed, ...removed];
}

async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
