import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Folders that tools keep inside a project; what lies in them is never an input. */
const toolFolders = ['.git', '.towpath'];

/** Whether an absolute path is `root` or lies below it; looks at the names alone. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The tool's folder that a path below `root` lies in. */
export function toolFolder(root: string, path: string): string | undefined {
  return relative(root, path)
    .split(sep)
    .find((name) => toolFolders.includes(name));
}

/** The places without links; one that is not there is left out. */
export async function realRoots(places: readonly string[]): Promise<string[]> {
  const roots = await Promise.all(places.map((place) => realpath(place).catch(() => undefined)));
  return roots.filter((root) => root !== undefined);
}

/** The path without links as far as it exists, and as it is written beyond. */
export async function realAsFarAs(path: string): Promise<string> {
  const absolute = resolve(path);
  const real = await realpath(absolute).catch(() => undefined);
  if (real !== undefined || dirname(absolute) === absolute) return real ?? absolute;
  return join(await realAsFarAs(dirname(absolute)), basename(absolute));
}

/**
 * The path without links by which somebody may name it later: what lies in the folder of a process, where `/proc/self`
 * leads, goes by another name as soon as that process has ended, and is named as it was written.
 */
export async function lastingPath(path: string): Promise<string> {
  const absolute = resolve(path);
  const real = await realAsFarAs(absolute);
  return ofProcess(real) && !ofProcess(absolute) ? absolute : real;
}

function ofProcess(path: string): boolean {
  return /^\/proc\/\d+(?:\/|$)/.test(path);
}
