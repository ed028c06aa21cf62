import { lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { say } from '../core/messages/message.ts';
import { asEnvironmentError, codeOf } from '../core/environment-error.ts';

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
    if (asEnvironmentError(error, say('store.moving', { files: from, to })) !== error) return undefined;
    throw error;
  }
}

/** Moves files that belong together into the folder `to.1`, or the next number that is free; those that are there. */
export async function moveTogetherAside(files: readonly string[], to: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const file of files) if (await lstat(file).catch(() => undefined)) found.push(file);
  if (found.length === 0) return undefined;
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    for (let number = 1; ; number += 1) {
      const target = `${to}.${String(number)}`;
      try {
        await mkdir(target);
      } catch (error) {
        if (codeOf(error) === 'EEXIST') continue;
        throw error;
      }
      // The first last: while it stands, what belongs to it is not taken for left over.
      for (const file of found.reverse()) await rename(file, join(target, basename(file)));
      return target;
    }
  } catch (error) {
    throw asEnvironmentError(error, say('store.moving', { files: found, to }));
  }
}

/** Undoes that: puts what lies in the folder back in the place of these files, whatever is there now. */
export async function putTogetherBack(files: readonly string[], folder: string): Promise<void> {
  for (const file of files) await rm(file, { recursive: true, force: true });
  // The first last here, too.
  for (const file of [...files].reverse()) {
    const kept = join(folder, basename(file));
    if (await lstat(kept).catch(() => undefined)) await rename(kept, file);
  }
  await rmdir(folder);
}
