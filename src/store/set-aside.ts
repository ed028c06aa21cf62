import { lstat, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asEnvironmentError, codeOf } from './environment-error.ts';

/**
 * Moves a damaged file or folder to `to.1`, or the next number that is free, and says where it is now; undefined when
 * there was nothing, or it may not be moved.
 */
export async function moveAside(from: string, to: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    for (let number = 1; ; number += 1) {
      const target = `${to}.${String(number)}`;
      // A file would replace a file without a word.
      if (await lstat(target).catch(() => undefined)) continue;
      try {
        await rename(from, target);
        return target;
      } catch (error) {
        if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
      }
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (asEnvironmentError(error, '') !== error) return undefined;
    throw error;
  }
}
