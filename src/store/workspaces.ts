import { randomBytes } from 'node:crypto';
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../core/messages/message.ts';
import { identifyProcess, livenessOf, type ProcessIdentity } from '../core/process-identity.ts';
import { asEnvironmentError, codeOf } from '../core/environment-error.ts';
import { makeFolder } from './make-folder.ts';

/** Temporary folders beside the artifacts, on the same file system, each named after the process that made it. */
export interface Workspaces {
  /** A new, empty folder; belongs to this process until it is removed. */
  create(): Promise<string>;
  remove(folder: string): Promise<void>;
  /**
   * Removes what dead processes left, and what `gone` did, which is known to be. Folders of processes that cannot be
   * looked for from here stay. Returns how many folders went.
   */
  sweep(gone?: ProcessIdentity): Promise<number>;
}

export function openWorkspaces(dir: string): Workspaces {
  const own = identifyProcess() ?? `${String(process.pid)}-0-0`;
  return {
    create: () =>
      new Promise((resolve) => {
        const folder = join(dir, `${own}.${randomBytes(6).toString('hex')}`);
        makeFolder(folder);
        resolve(folder);
      }),
    remove: removeTree,
    async sweep(gone) {
      let removed = 0;
      for (const name of await readdir(dir).catch(() => [])) {
        const owner = /^(\d+-\d+-[0-9a-f]+(?:-\d+-[0-9a-f]+)?)\.[0-9a-f]{12}$/.exec(name)?.[1];
        if (owner === undefined) continue;
        if (owner !== gone && livenessOf(owner, await madeAt(owner, join(dir, name))) !== 'dead') continue;
        await removeTree(join(dir, name)).then(
          () => (removed += 1),
          () => undefined, // an orphan may still write there: the next sweep takes it
        );
      }
      return removed;
    },
  };
}

/** When a folder was made: tells a machine from its likeness. Unknown for earlier versions, which named no machine. */
async function madeAt(owner: ProcessIdentity, folder: string): Promise<number | undefined> {
  if (owner.split('-').length < 5) return undefined;
  return (await lstat(folder).catch(() => undefined))?.mtimeMs;
}

/** Removes a file or folder, read-only parts included; nothing there is fine. Links are removed, never followed. */
async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EACCES' && code !== 'EPERM')
      throw asEnvironmentError(error, say('store.removing', { path }));
    await makeWritable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeWritable(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats?.isDirectory()) return;
  await chmod(path, 0o755);
  for (const name of await readdir(path)) await makeWritable(join(path, name));
}
