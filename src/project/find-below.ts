import { opendir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { projectFileName, type ProjectPlace } from './find.ts';

const deepest = 3;
const mostFolders = 1000;
const mostEntries = 10_000;

/**
 * Projects in the folders below: near ones first, hidden folders and those of packages left out. Bounded, because it
 * may be asked for in a home folder; what lies beyond the bound is not found.
 */
export async function findProjectsBelow(cwd: string): Promise<ProjectPlace[]> {
  const found: ProjectPlace[] = [];
  // Nobody keeps a clone in the root of a system, and what it holds is endless.
  const open: string[] = dirname(cwd) === cwd ? [] : [cwd];
  let looked = 0;
  for (let dir = open.shift(); dir !== undefined; dir = open.shift()) {
    const file = join(dir, projectFileName);
    if (dir !== cwd && (await isFile(file))) found.push({ dir, file });
    const depth = relative(cwd, dir)
      .split(/[\\/]/)
      .filter((part) => part !== '').length;
    if (depth >= deepest) continue;
    if ((looked += 1) > mostFolders) return found;
    for (const name of await foldersIn(dir)) open.push(join(dir, name));
  }
  return found;
}

async function foldersIn(dir: string): Promise<string[]> {
  const names: string[] = [];
  let entries = 0;
  try {
    for await (const entry of await opendir(dir)) {
      if ((entries += 1) > mostEntries) break;
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        names.push(entry.name);
    }
  } catch {
    // A folder that may not be read holds no project of ours.
  }
  return names.sort();
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
