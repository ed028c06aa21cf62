import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isAlive } from '../../core/process-identity.ts';

interface LockOptions {
  readonly signal: AbortSignal;
  /** Told once who holds it. */
  readonly onWait?: (holder: string) => void;
  /** Called again and again while another process holds it. */
  readonly whileWaiting?: () => Promise<void>;
}

/**
 * Runs the work while no other process holds the same lock file; waits for one that does, for as long as `signal`
 * lets it. A lock whose holder has died is taken over.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, onWait, whileWaiting }: LockOptions,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let told = false; !(await take(path)); told = true) {
    const holder = await readFile(path, 'utf8').catch(() => undefined);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await clear(path, holder);
      continue;
    }
    if (!told) onWait?.(holder);
    await whileWaiting?.();
    await sleep(200, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The file appears with its content, never empty: made elsewhere, then linked to its place. */
async function take(path: string): Promise<boolean> {
  const own = `${path}.${String(process.pid)}.${String((serial += 1))}`;
  await writeFile(own, identifyProcess() ?? '');
  try {
    await link(own, path);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    await rm(own, { force: true });
  }
}

let serial = 0;

/** Removes a dead holder's lock; one that somebody else took meanwhile is put back. */
async function clear(path: string, dead: string): Promise<void> {
  const aside = `${path}.${String(process.pid)}.${String((serial += 1))}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== dead) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
