import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess, isAlive } from '../core/process-identity.ts';
import { asEnvironmentError, codeOf } from './environment-error.ts';

/** Temporary folders beside the artifacts, on the same file system, each named after the process that made it. */
export interface Workspaces {
  /** A new, empty folder; belongs to this process until it is removed. */
  create(): Promise<string>;
  remove(folder: string): Promise<void>;
  /** Removes what dead processes left. Returns how many folders went. */
  sweep(): Promise<number>;
}

export function openWorkspaces(dir: string): Workspaces {
  const own = identifyProcess() ?? `${String(process.pid)}-0-0`;
  return {
    async create() {
      const folder = join(dir, `${own}.${randomBytes(6).toString('hex')}`);
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw asEnvironmentError(error, `making the folder ${folder}`);
      }
      return folder;
    },
    remove: removeTree,
    async sweep() {
      let removed = 0;
      for (const name of await readdir(dir).catch(() => [])) {
        const owner = /^(\d+-\d+-[0-9a-f]+)\.[0-9a-f]{12}$/.exec(name)?.[1];
        if (owner === undefined || isAlive(owner)) continue;
        await removeTree(join(dir, name)).then(
          () => (removed += 1),
          () => undefined, // an orphan may still write there: the next sweep takes it
        );
      }
      return removed;
    },
  };
}

/** Removes a file or folder, read-only parts included; nothing there is fine. Links are removed, never followed. */
async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EACCES' && code !== 'EPERM') throw asEnvironmentError(error, `removing ${path}`);
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
