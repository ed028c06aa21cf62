import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a user's Python environments are kept, for all projects: `$XDG_CACHE_HOME/towpath/python`, or under `~/.cache`.
 *
 * @returns undefined when the environment names no home
 */
export function sharedPlace(env: Environment): string | undefined {
  const cache = env['XDG_CACHE_HOME'] ?? '';
  // The specification has a relative one ignored.
  if (isAbsolute(cache)) return join(cache, 'towpath', 'python');
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  return isAbsolute(home) ? join(home, '.cache', 'towpath', 'python') : undefined;
}

/** The project's own place: earlier versions kept every environment there, and it stands in for the shared one. */
export function projectPlace(projectDir: string): string {
  return join(projectDir, '.towpath', 'python');
}

/** Why nothing can be made in a folder, which need not be there yet: `EROFS`, `EACCES`; undefined when it can. */
export async function unwritable(folder: string): Promise<string | undefined> {
  try {
    // Tried, because permissions do not tell of a file system that is mounted read-only.
    await rm(await mkdtemp(join(folder, '.towpath-probe-')), { recursive: true });
    return undefined;
  } catch (thrown) {
    const { code = 'unknown' } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(folder) !== folder) return unwritable(dirname(folder));
    // A full disk is no reason to fill another one.
    return ['ENOSPC', 'EDQUOT'].includes(code) ? undefined : code;
  }
}
