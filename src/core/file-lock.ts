import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotAFile, readOwnFile } from './own-file.ts';
import { identifyProcess } from './process-identity.ts';
import { giveSignsOfLife, holderLives } from './sign-of-life.ts';

interface FileLockOptions {
  readonly signal: AbortSignal;
  /** Told once that another process holds it. */
  readonly onWait?: () => void;
  /** Called again and again while another process holds it. */
  readonly whileWaiting?: () => Promise<void>;
}

/**
 * Runs the work while no other process holds the same lock file, whose folder is there; waits for one that does, for as
 * long as `signal` lets it. A lock whose holder has died is taken over; so is one of another machine or container that
 * has given no sign of life for ten seconds.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, onWait, whileWaiting }: FileLockOptions,
): Promise<T> {
  for (let told = false; !(await take(path));) {
    signal.throwIfAborted();
    const holder = await readOwnFile(path).catch((error: unknown) =>
      error instanceof NotAFile ? '' : undefined,
    );
    if (holder === undefined) continue;
    if (!(await holderLives(path, holder, signal))) {
      await clear(path, holder);
      continue;
    }
    if (!told) onWait?.();
    told = true;
    await whileWaiting?.();
    await sleep(100, undefined, { signal });
  }
  const end = giveSignsOfLife(path);
  try {
    return await work();
  } finally {
    end();
    // Another one's, if this process was stopped for long and taken for gone.
    await clear(path, identifyProcess() ?? '');
  }
}

/** The lock appears with its holder's name, never empty: made elsewhere, then linked to its place. */
async function take(path: string): Promise<boolean> {
  const own = besides(path);
  const handle = await open(own, 'wx', 0o600);
  try {
    await handle.writeFile(identifyProcess() ?? '');
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await handle.close();
    await rm(own, { force: true });
  }
}

/** Removes a holder's lock; one that somebody else took meanwhile is put back. */
async function clear(path: string, holder: string): Promise<void> {
  const aside = besides(path);
  try {
    await rename(path, aside);
  } catch (error) {
    // Gone already; whatever else keeps it there would keep it there for ever.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readOwnFile(aside).catch(() => '')) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function besides(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}`;
}
