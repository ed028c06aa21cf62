import { createHash } from 'node:crypto';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../core/outside-file.ts';
import type { Trust } from '../../project/trust/trust.ts';

/** Reads a file block by block while checking that it still is the file that was listed. */
export class SourceFile {
  readonly path: string;
  readonly #file: OutsideFile;
  readonly #expected: { readonly digest: string };
  readonly #hash = createHash('sha256');
  readonly #onBytes: (count: number) => void;

  private constructor(
    path: string,
    file: OutsideFile,
    expected: { readonly digest: string },
    onBytes: (count: number) => void,
  ) {
    this.path = path;
    this.#file = file;
    this.#expected = expected;
    this.#onBytes = onBytes;
  }

  static async open(
    trust: Trust,
    file: { readonly path: string; readonly digest: string; readonly bytes: number },
    onBytes: (count: number) => void = () => undefined,
  ): Promise<SourceFile> {
    const opened = await trust.open(file.path, file.bytes).catch((cause: unknown) => {
      throw changed(file.path, say('data.not-opened'), cause);
    });
    return new SourceFile(file.path, opened, file, onBytes);
  }

  /** The next bytes, at most 1 MiB; undefined at the end. The buffer is the caller's. */
  async next(): Promise<Buffer | undefined> {
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

  /** Reads what is left and compares the digest. @throws TowpathError TOW_DATA_SOURCE_CHANGED */
  async verify(): Promise<void> {
    while ((await this.next()) !== undefined);
    if (this.#hash.digest('hex') !== this.#expected.digest)
      throw changed(this.path, say('data.other-content'));
  }

  /** Whether a message may say what stands in it: not of a file outside of the project. */
  get quotable(): boolean {
    return this.#file.inside;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** The error of a file that is not what it was when it was listed. */
export function changed(path: string, how: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_DATA_SOURCE_CHANGED', say('data.changed', { path, how }), {
    where: path,
    cause,
  });
}
