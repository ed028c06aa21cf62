import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../core/outside-file.ts';
import type { Trust } from '../../project/trust/trust.ts';
import { copyTo } from '../formats/copy-to.ts';
import type { FileToRead } from '../formats/format.ts';

interface SourceFileOptions {
  /** A folder of the caller's own, for a copy. */
  readonly scratch: string;
  readonly onBytes?: (count: number) => void;
}

/** Reads a file block by block while checking that it still is the file that was listed. */
export class SourceFile implements FileToRead {
  readonly path: string;
  readonly bytes: number;
  readonly #file: OutsideFile;
  readonly #expected: { readonly digest: string };
  readonly #hash = createHash('sha256');
  readonly #copy: string;
  readonly #onBytes: (count: number) => void;
  /** The first block, while it was only looked at. */
  #first: Buffer | undefined;
  #begun = false;
  #verified = false;
  #copied: Promise<void> | undefined;

  private constructor(
    file: { readonly path: string; readonly digest: string },
    opened: OutsideFile,
    { scratch, onBytes = () => undefined }: SourceFileOptions,
  ) {
    this.path = file.path;
    this.bytes = opened.bytes;
    this.#file = opened;
    this.#expected = file;
    this.#copy = join(scratch, 'source');
    this.#onBytes = onBytes;
  }

  static async open(
    trust: Trust,
    file: { readonly path: string; readonly digest: string; readonly bytes: number },
    options: SourceFileOptions,
  ): Promise<SourceFile> {
    const opened = await trust.open(file.path, file.bytes).catch((cause: unknown) => {
      throw changed(file.path, say('data.not-opened'), cause);
    });
    return new SourceFile(file, opened, options);
  }

  /** How the file begins, before anything is taken from it. */
  async beginning(): Promise<Buffer> {
    this.#first ??= await this.#read();
    return this.#first ?? Buffer.alloc(0);
  }

  /** The next bytes, at most 1 MiB; undefined at the end. The buffer is the caller's. */
  async next(): Promise<Buffer | undefined> {
    this.#begun = true;
    const first = this.#first;
    this.#first = undefined;
    return first ?? (await this.#read());
  }

  async #read(): Promise<Buffer | undefined> {
    const block = await this.#file.next().catch((error: unknown) => {
      throw error instanceof OutsideFileError ? changed(this.path, error.said, error) : error;
    });
    if (block === undefined) return undefined;
    this.#hash.update(block);
    this.#onBytes(block.length);
    return block;
  }

  async whole(): Promise<Buffer> {
    const blocks: Buffer[] = [];
    for (let block = await this.next(); block !== undefined; block = await this.next()) blocks.push(block);
    return blocks.length === 1 && blocks[0] !== undefined ? blocks[0] : Buffer.concat(blocks);
  }

  /** What it holds is what was listed: the path is given out only then. @throws TowpathError TOW_DATA_SOURCE_CHANGED */
  async copy(): Promise<string> {
    if (this.#begun && this.#copied === undefined) throw new Error('a copy is made before anything is read');
    await (this.#copied ??= this.#makeCopy());
    return this.#copy;
  }

  async #makeCopy(): Promise<void> {
    await copyTo(this, this.#copy);
    await this.verify();
  }

  /** Reads what is left and compares the digest. @throws TowpathError TOW_DATA_SOURCE_CHANGED */
  async verify(): Promise<void> {
    if (this.#verified) return;
    while ((await this.next()) !== undefined);
    if (this.#hash.digest('hex') !== this.#expected.digest)
      throw changed(this.path, say('data.other-content'));
    this.#verified = true;
  }

  /** Whether a message may say what stands in it: not of a file outside of the project. */
  get quotable(): boolean {
    return this.#file.inside;
  }

  async close(): Promise<void> {
    await this.#file.close();
    if (this.#copied !== undefined) await rm(this.#copy, { force: true });
  }
}

/** The error of a file that is not what it was when it was listed. */
export function changed(path: string, how: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_DATA_SOURCE_CHANGED', say('data.changed', { path, how }), {
    where: path,
    cause,
  });
}
