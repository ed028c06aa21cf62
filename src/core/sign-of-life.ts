import { stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { livenessOf, type ProcessIdentity } from './process-identity.ts';

/** Milliseconds from one sign of life to the next. */
const beat = 2000;

/** Milliseconds without one after which a process that cannot be seen from here counts as gone: five were missed. */
const silence = 10_000;

/** Keeps the time of a file that this process holds fresh, until the function it returns is called. */
export function giveSignsOfLife(path: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beat);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Whether the process that holds a file lives. One of another machine or container is watched for a sign of life for up
 * to ten seconds: a container that was killed comes back as another one, and must not wait for itself for ever.
 *
 * @param path the file, whose time `giveSignsOfLife` keeps
 */
export async function holderLives(
  path: string,
  holder: ProcessIdentity,
  signal?: AbortSignal,
): Promise<boolean> {
  const before = await timeOf(path);
  const liveness = livenessOf(holder, before);
  if (liveness !== 'unknown') return liveness === 'alive';
  // By this machine's own clock: those of two machines differ.
  const until = performance.now() + silence;
  while (performance.now() < until) {
    await sleep(100, undefined, { signal });
    const now = await timeOf(path);
    if (now === undefined || now !== before) return now !== undefined;
  }
  return false;
}

async function timeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
