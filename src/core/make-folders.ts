import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with those above it; one that is there is fine. Each is tried once: `mkdir` of Node.js tries again for
 * ever where a folder that is there takes no new ones and answers ENOENT, as /proc does.
 *
 * @param mode of those that are made
 */
export function makeFolders(path: string, mode = 0o777): void {
  const missing: string[] = [];
  for (let at = resolve(path); missing.length === 0 || !isFolder(at); at = dirname(at)) {
    missing.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const each of missing) {
    try {
      mkdirSync(each, mode);
    } catch (error) {
      if (!isFolder(each)) throw error;
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
