import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isWithin, realRoots, toolFolder } from './allowed-place.ts';
import { asDigest, type Digest } from './digest.ts';
import type { ErrorCode } from './errors/code.ts';
import { TowpathError } from './errors/towpath-error.ts';
import { whatInstead } from './file-kind.ts';
import { render, say, type Message } from './messages/message.ts';
import { formatBytes } from './units.ts';

/** What keeps a file from being opened, or made it useless while it was read. */
type FileProblem = 'outside' | 'missing' | 'special' | 'too-large' | 'unreadable' | 'changed';

/** A file from outside that is refused; `reason` is a part of a sentence about it: `it is a FIFO`. */
export class OutsideFileError extends TowpathError {
  readonly problem: FileProblem;
  readonly reason: string;
  /** The reason for readers of any language. */
  readonly said: Message;
  /** Where it really lies, when that is not an allowed place. */
  readonly real: string | undefined;

  constructor(path: string, problem: FileProblem, said: Message, details: Details = {}) {
    super(codes[problem], say('outside.refused', { path, reason: said }), {
      where: path,
      cause: details.cause,
    });
    this.problem = problem;
    this.reason = render(said, 'en');
    this.said = said;
    this.real = details.real;
  }
}

interface Details {
  readonly real?: string;
  readonly cause?: unknown;
}

const codes: Readonly<Record<FileProblem, ErrorCode>> = {
  outside: 'TOW_PROJECT_UNTRUSTED',
  missing: 'TOW_PROJECT_FILE_REFUSED',
  special: 'TOW_PROJECT_FILE_REFUSED',
  'too-large': 'TOW_PROJECT_FILE_REFUSED',
  unreadable: 'TOW_PROJECT_FILE_REFUSED',
  changed: 'TOW_PROJECT_FILE_REFUSED',
};

export interface OutsideFileOptions {
  /** Absolute paths of the folders that it may lie in, and of files that it may be; the first is the project's. */
  readonly within: readonly string[];
  readonly maxBytes: number;
}

const blockSize = 1 << 20;

/**
 * A file that came from outside (a source, a glossary, a suite, a model, a project file), open for reading. It is a
 * regular file, lies in an allowed place whatever links lead to it, and is no larger than the limit: all of this holds
 * of what is open, not of a path that may be another file a moment later. Nothing is read before.
 *
 * @example const file = await OutsideFile.open('terms.tsv', { within: [project], maxBytes: 1 << 20 });
 */
export class OutsideFile {
  /** As it was named. */
  readonly path: string;
  /** Size when it was opened. */
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
  /** Absolute path without links. */
  readonly real: string;
  /** Whether it lies in the first of the allowed places: what does not is never quoted in a message. */
  readonly inside: boolean;
  readonly #handle: FileHandle;
  #position = 0;

  private constructor(path: string, handle: FileHandle, stats: Stats, real: string, inside: boolean) {
    this.path = path;
    this.#handle = handle;
    this.bytes = stats.size;
    this.mode = stats.mode;
    this.real = real;
    this.inside = inside;
  }

  /** @param path absolute, or relative to the first allowed place @throws OutsideFileError */
  static async open(path: string, { within, maxBytes }: OutsideFileOptions): Promise<OutsideFile> {
    const absolute = resolve(within[0] ?? '/', path);
    const roots = await realRoots(within);
    // By its name alone first: nothing is told about a place that is not to be looked at, not even what is missing.
    if (![...within, ...roots].some((root) => isWithin(root, absolute)))
      throw outside(path, await realpath(absolute).catch(() => absolute));
    const real = await realPath(path, absolute);
    checkPlace(path, real, roots);
    // Before it is opened, too: opening a device may do something.
    await checkKind(path, real);
    const handle = await openHandle(path, real);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw special(path, stats);
      const place = await placeOf(handle, stats, real);
      if (place === undefined) throw changed(path, say('outside.replaced'));
      checkPlace(path, place, roots);
      if (stats.size > maxBytes) {
        const limits = { size: formatBytes(stats.size), most: formatBytes(maxBytes) };
        throw new OutsideFileError(path, 'too-large', say('outside.too-large', limits));
      }
      return new OutsideFile(path, handle, stats, place, isWithin(roots[0] ?? '', place));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * The next bytes, at most 1 MiB; undefined at the end. The buffer is the caller's.
   *
   * @throws OutsideFileError when the file has become shorter or longer than it was when it was opened
   */
  async next(): Promise<Buffer | undefined> {
    const left = this.bytes - this.#position;
    // One byte more than there should be tells a file that has grown.
    const block = Buffer.allocUnsafe(Math.min(blockSize, left + 1));
    const { bytesRead } = await this.#handle
      .read(block, 0, block.length, this.#position)
      .catch((cause: unknown) => {
        throw changed(this.path, say('outside.not-read'), cause);
      });
    if (bytesRead > left) throw changed(this.path, say('outside.grown'));
    if (bytesRead === 0 && left > 0) throw changed(this.path, say('outside.shorter'));
    this.#position += bytesRead;
    return bytesRead === 0 ? undefined : block.subarray(0, bytesRead);
  }

  /** What is left, block by block; closes the file at the end. */
  async *blocks(signal?: AbortSignal): AsyncGenerator<Buffer> {
    try {
      for (let block = await this.next(); block !== undefined; block = await this.next()) {
        signal?.throwIfAborted();
        yield block;
      }
    } finally {
      await this.close();
    }
  }

  /** All that is left; closes the file. */
  async whole(signal?: AbortSignal): Promise<Buffer> {
    const blocks: Buffer[] = [];
    for await (const block of this.blocks(signal)) blocks.push(block);
    return blocks.length === 1 && blocks[0] !== undefined ? blocks[0] : Buffer.concat(blocks);
  }

  /** Digest of what is left; closes the file. */
  async digest(signal?: AbortSignal): Promise<Digest> {
    const hash = createHash('sha256');
    for await (const block of this.blocks(signal)) hash.update(block);
    return asDigest(hash.digest('hex'));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function realPath(path: string, absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ELOOP') throw new OutsideFileError(path, 'special', say('outside.circle'), { cause });
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw unreadable(path, cause);
    const isLink = await lstat(absolute).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    );
    const reason = say(isLink ? 'outside.dangling' : 'outside.missing');
    throw new OutsideFileError(path, 'missing', reason, { cause });
  }
}

function checkPlace(path: string, real: string, roots: readonly string[]): void {
  const allowed = roots.filter((root) => isWithin(root, real));
  if (allowed.length === 0) throw outside(path, real);
  const tools = allowed.map((root) => toolFolder(root, real));
  const [tool] = tools;
  if (tool === undefined || tools.includes(undefined)) return;
  // Its configuration may hold a token, its state is no input.
  throw new OutsideFileError(path, 'special', say('outside.of-tool', { folder: tool }));
}

async function checkKind(path: string, real: string): Promise<void> {
  const stats = await stat(real).catch((cause: unknown) => {
    throw codeOf(cause) === 'ENOENT' ? changed(path, say('outside.gone'), cause) : unreadable(path, cause);
  });
  if (!stats.isFile()) throw special(path, stats);
}

/** Never waits: without O_NONBLOCK a FIFO that came here in the last moment would hold this up for ever. */
async function openHandle(path: string, real: string): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
  const flags = (O_RDONLY ?? 0) | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;
  return await open(real, flags).catch((cause: unknown) => {
    const gone = ['ENOENT', 'ELOOP', 'ENXIO', 'ENOTDIR'].includes(codeOf(cause) ?? '');
    throw gone ? changed(path, say('outside.replaced'), cause) : unreadable(path, cause);
  });
}

/** Where the open file itself lies: a folder on the way may have become a link since the path was looked at. */
async function placeOf(handle: FileHandle, stats: Stats, real: string): Promise<string | undefined> {
  const own = await readlink(`/proc/self/fd/${String(handle.fd)}`).catch(() => undefined);
  if (own !== undefined) return own;
  const again = await realpath(real).catch(() => undefined);
  const there = again === undefined ? undefined : await lstat(again).catch(() => undefined);
  return there?.ino === stats.ino && there.dev === stats.dev ? again : undefined;
}

function outside(path: string, real: string): OutsideFileError {
  return new OutsideFileError(path, 'outside', say('outside.leads-out'), { real });
}

function unreadable(path: string, cause: unknown): OutsideFileError {
  return new OutsideFileError(
    path,
    'unreadable',
    say('outside.unreadable', { code: codeOf(cause) ?? say('outside.unknown') }),
    {
      cause,
    },
  );
}

function changed(path: string, how: Message, cause?: unknown): OutsideFileError {
  return new OutsideFileError(path, 'changed', how, { cause });
}

function special(path: string, stats: Stats): OutsideFileError {
  return new OutsideFileError(path, 'special', whatInstead(stats));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
