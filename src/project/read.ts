import { open } from 'node:fs/promises';
import { TowpathError } from '../core/errors/towpath-error.ts';

/** Far above any project file written by hand; a bound on what the parser is given. */
const maxProjectFileBytes = 256 * 1024;

/** Reads the file's bytes, at most `maxProjectFileBytes`. @throws TowpathError TOW_PROJECT_UNREADABLE */
export async function readProjectFile(file: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.alloc(maxProjectFileBytes + 1);
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      bytes = buffer.subarray(0, length);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new TowpathError('TOW_PROJECT_UNREADABLE', `${file} cannot be read`, { cause, where: file });
  }
  if (bytes.length > maxProjectFileBytes) {
    throw new TowpathError(
      'TOW_PROJECT_UNREADABLE',
      `${file} is larger than ${maxProjectFileBytes / 1024} KiB`,
      {
        where: file,
      },
    );
  }
  return bytes;
}
