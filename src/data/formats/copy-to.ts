import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Blocks } from './format.ts';

/** Writes all that is left of a file to a path. */
export async function copyTo(file: Blocks, path: string): Promise<void> {
  await pipeline(async function* () {
    for (let block = await file.next(); block !== undefined; block = await file.next()) yield block;
  }, createWriteStream(path));
}
