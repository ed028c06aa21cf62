import { lstat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { shortDigest, type Digest } from '../../core/digest.ts';
import type { ErrorCode } from '../../core/errors/code.ts';
import { textOf, TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Text } from '../../core/messages/message.ts';
import { codeOf } from '../../core/environment-error.ts';
import type { ArtifactLimits, ArtifactState, VerifyOptions } from './artifact-store.ts';
import { contentDigest, hashFile, takeInventory } from './inventory.ts';
import type { Label } from './label.ts';

/** Files looked at together: enough to keep the thread pool busy. */
const together = 16;

/** Whether names, sizes and times are as recorded; reads no bytes. `touched`: all but a time is. */
export async function compareWithLabel(content: string, label: Label): Promise<ArtifactState | 'touched'> {
  let damaged = label.entries.length === 0 && !(await lstat(content).catch(() => undefined));
  let touched = false as boolean;
  await inGroups(label.entries, async ([path, size, , mtimeMs]) => {
    const stats = await lstat(join(content, path)).catch(() => undefined);
    const folder = path.endsWith('/');
    if (!stats || (folder ? !stats.isDirectory() : !stats.isFile())) damaged = true;
    else if (!folder && stats.size !== size) damaged = true;
    else if (!folder && Math.abs(stats.mtimeMs - mtimeMs) >= 1) touched = true;
  });
  return damaged ? 'damaged' : touched ? 'touched' : 'present';
}

/** Gives files the times that the label records. Where that is not allowed, the next look reads the bytes again. */
export async function putTimesBack(content: string, label: Label): Promise<void> {
  await inGroups(label.entries, async ([path, , , mtimeMs]) => {
    if (path.endsWith('/')) return;
    await utimes(join(content, path), new Date(), mtimeMs / 1000).catch(() => undefined);
  });
}

/**
 * What changes whenever anyone writes to, replaces or renames a file of the artifact: inode, size, and the time of the
 * last change of the inode, which no program can set. Undefined when a file is missing.
 */
export async function fingerprint(content: string, label: Label): Promise<string | undefined> {
  const parts = new Array<string | undefined>(label.entries.length);
  let gone = false as boolean;
  await inGroups(label.entries, async ([path], at) => {
    const stats = await lstat(join(content, path), { bigint: true }).catch(() => undefined);
    if (!stats) gone = true;
    else parts[at] = `${String(stats.ino)}:${String(stats.size)}:${String(stats.ctimeNs)}`;
  });
  return gone ? undefined : parts.join(',');
}

/** Reads every byte. @throws TOW_STORE_ARTIFACT_MISSING | TOW_STORE_ARTIFACT_TAMPERED naming the file */
export async function verifyContent(
  content: string,
  label: Label,
  digest: Digest,
  limits: ArtifactLimits,
  { signal, read }: VerifyOptions,
): Promise<void> {
  const wrong = (code: ErrorCode, path: string, problem: Text): TowpathError =>
    new TowpathError(code, say('store.artifact', { artifact: shortDigest(digest), problem }), {
      where: join(content, path),
      data: { digest, file: path },
    });
  const listed = contentDigest(
    label.kind,
    label.entries.map(([path, size, sha256]) => [path, size, sha256] as const),
  );
  if (listed !== digest) throw wrong('TOW_STORE_ARTIFACT_TAMPERED', '', say('store.list-changed'));
  const found = await takeInventory(content, limits).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw wrong('TOW_STORE_ARTIFACT_MISSING', '', say('store.content-gone'));
    if (error instanceof TowpathError)
      throw wrong('TOW_STORE_ARTIFACT_TAMPERED', error.where ?? '', textOf(error));
    throw error;
  });
  const sizes = new Map(found.entries.map(({ path, size }) => [path, size]));
  for (const [path, size, sha256] of label.entries) {
    const actual = sizes.get(path);
    sizes.delete(path);
    const file = path || say('store.its-file');
    if (actual === undefined)
      throw wrong('TOW_STORE_ARTIFACT_MISSING', path, say('store.file-gone', { file }));
    if (path.endsWith('/')) continue;
    if (actual !== size || (await hashFile(join(content, path), { signal })) !== sha256) {
      throw wrong('TOW_STORE_ARTIFACT_TAMPERED', path, say('store.file-changed', { file }));
    }
    read?.(size);
  }
  const [extra] = sizes.keys();
  if (extra !== undefined)
    throw wrong('TOW_STORE_ARTIFACT_TAMPERED', extra, say('store.file-added', { file: extra }));
}

async function inGroups<T>(items: readonly T[], look: (item: T, at: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += together) {
    await Promise.all(items.slice(at, at + together).map((item, offset) => look(item, at + offset)));
  }
}
