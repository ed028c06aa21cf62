import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isAlive } from '../../core/process-identity.ts';

/** Milliseconds that another command may take to write the file. */
const patience = 10_000;

/** One writer at a time; a lock whose holder has died is taken over. */
export async function withLock(path: string, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + patience;
  while (!(await take(path))) {
    const holder = await readFile(path, 'utf8').catch(() => undefined);
    if (holder !== undefined && !isAlive(holder)) await clear(path, holder);
    else if (performance.now() > until) throw new Error(`another command has held ${path} for 10 s`);
    else await sleep(20);
  }
  try {
    await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The lock appears with its holder's name, never empty: made elsewhere, then linked to its place. */
async function take(path: string): Promise<boolean> {
  const own = `${path}.${randomBytes(6).toString('hex')}`;
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

/** Removes a dead holder's lock; one that somebody else took meanwhile is put back. */
async function clear(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== dead) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
