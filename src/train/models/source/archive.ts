import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { SaidError, TowpathError, textOf } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';

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
      if (entries.size >= mostMembers)
        throw new SaidError(say('train.too-many-members', { most: mostMembers }));
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    const text = say('train.broken-zip', { origin, why: textOf(cause) });
    throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', text, { cause });
  }
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const held = [...entries.keys()].sort(
      (a, b) => (entries.get(b)?.uncompressedSize ?? 0) - (entries.get(a)?.uncompressedSize ?? 0),
    );
    throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', say('train.no-member', { origin, name }), {
      hint: say('train.largest-members', { members: held.slice(0, 5) }),
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
          say('train.member-bytes', { origin, name, bytes: entry.uncompressedSize }),
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
