import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { digestJson, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { openOwnFile } from '../../core/own-file.ts';
import type { ArtifactKind, ArtifactLimits } from './artifact-store.ts';

/** A file, or a folder when its path ends in `/`; relative to the artifact, `''` for an artifact that is one file. */
interface InventoryEntry {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** More than one name leads to its bytes. */
  readonly shared: boolean;
}

export interface Inventory {
  readonly kind: ArtifactKind;
  /** Sorted by path. */
  readonly entries: readonly InventoryEntry[];
  readonly bytes: number;
}

/** Everything below `root`, without following anything. @throws TOW_STORE_ARTIFACT_REFUSED */
export async function takeInventory(root: string, limits: ArtifactLimits): Promise<Inventory> {
  const entries: InventoryEntry[] = [];
  let bytes = 0;
  const visit = async (path: string, depth: number): Promise<void> => {
    const stats = await lstat(join(root, path));
    const { size, mtimeMs } = stats;
    if (stats.isDirectory()) {
      if (depth > limits.depth) throw refused(path, say('store.too-deep', { most: limits.depth }));
      if (path !== '') entries.push({ path: `${path}/`, size: 0, mtimeMs, shared: false });
      for (const name of await readdir(join(root, path))) {
        if (/[\u0000-\u001f\\\ufffd]/.test(name)) throw refused(join(path, name), say('store.bad-name'));
        await visit(path === '' ? name : `${path}/${name}`, depth + 1);
      }
    } else if (stats.isFile()) {
      entries.push({ path, size, mtimeMs, shared: stats.nlink > 1 });
      bytes += size;
    } else throw refused(path, say(stats.isSymbolicLink() ? 'store.is-link' : 'store.is-special'));
    if (path.length > limits.path) throw refused(path, say('store.long-path', { most: limits.path }));
    if (entries.length > limits.files)
      throw refused(path, say('store.too-many-files', { most: limits.files }));
    if (bytes > limits.bytes) throw refused(path, say('store.too-many-bytes', { most: limits.bytes }));
  };
  await visit('', 0);
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const kind = entries.length === 1 && entries[0]?.path === '' ? 'file' : 'folder';
  return { kind, entries, bytes };
}

/** Path, size and SHA-256 of one entry; empty digest for a folder. */
export type ListedEntry = readonly [path: string, size: number, sha256: string];

/** The digest that names an artifact with this content. */
export function contentDigest(kind: ArtifactKind, list: readonly ListedEntry[]): Digest {
  if (kind === 'file') return (list[0]?.[2] ?? '') as Digest;
  return digestJson({ folder: list });
}

const chunk = 1 << 20;

/** SHA-256 of a file's bytes; with `durable`, they are on the disk when it returns. Never follows a link. */
export async function hashFile(
  path: string,
  options: { durable?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<Digest> {
  const file = await openOwnFile(path, constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(size + 1, chunk)));
    const hash = createHash('sha256');
    for (;;) {
      options.signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
    }
    if (options.durable) await file.sync();
    return hash.digest('hex') as Digest;
  } finally {
    await file.close();
  }
}

/** Makes a folder's own list of names durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function refused(path: string, why: Message): TowpathError {
  const what = path || say('store.the-output');
  return new TowpathError('TOW_STORE_ARTIFACT_REFUSED', say('store.refused', { what, why }), {
    where: path || '.',
  });
}
