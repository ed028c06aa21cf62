import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { TowpathError } from '../../core/errors/towpath-error.ts';

/** No model for one machine is larger: a zip that announces more is a bomb or a mistake. */
const largestMember = 200 * 2 ** 30;
const mostMembers = 100_000;

export interface Archive {
  /** Member names; none of them leads out of the archive. */
  readonly names: readonly string[];
  bytes(name: string): number;
  /** @throws TowpathError TOW_TRAIN_SOURCE_NOT_FOUND when there is no such member */
  read(name: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens a zip file (a wheel is one). Names that lead out of it, encrypted members and ones whose size is not what the
 * directory says are errors; nothing in the archive decides where anything is written.
 */
export async function openArchive(path: string, origin: string): Promise<Archive> {
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { autoClose: false });
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostMembers) throw new Error(`more than ${String(mostMembers)} members`);
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw new TowpathError(
      'TOW_TRAIN_WEIGHTS_FORMAT',
      `${origin} is not a sound zip file: ${messageOf(cause)}`,
      { cause },
    );
  }
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const held = [...entries.keys()].sort(
      (a, b) => (entries.get(b)?.uncompressedSize ?? 0) - (entries.get(a)?.uncompressedSize ?? 0),
    );
    throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', `${origin} holds no ${name}`, {
      hint: `Its largest files are ${held.slice(0, 5).join(', ')}.`,
    });
  };
  return {
    names: [...entries.keys()],
    bytes: (name) => entryOf(name).uncompressedSize,
    async read(name) {
      const entry = entryOf(name);
      if (entry.uncompressedSize > largestMember) {
        throw new TowpathError(
          'TOW_TRAIN_WEIGHTS_FORMAT',
          `${origin}: ${name} announces ${String(entry.uncompressedSize)} bytes`,
        );
      }
      return await zip.openReadStreamPromise(entry);
    },
    close() {
      zip.close();
    },
  };
}

/** Writes the named members into `folder`, under the names given here, never those of the archive. */
export async function extract(
  archive: Archive,
  files: readonly { readonly name: string; readonly as: string }[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, as } of files) {
    const path = join(folder, as);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await archive.read(name), createWriteStream(path), { signal });
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
