import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';

const blockSize = 1 << 20;

/** Reads a file block by block while checking that it still is the file that was listed. */
export class SourceFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #expected: { readonly digest: string; readonly bytes: number };
  readonly #hash = createHash('sha256');
  readonly #onBytes: (count: number) => void;
  #read = 0;

  private constructor(
    path: string,
    handle: FileHandle,
    expected: { digest: string; bytes: number },
    onBytes: (count: number) => void,
  ) {
    this.path = path;
    this.#handle = handle;
    this.#expected = expected;
    this.#onBytes = onBytes;
  }

  static async open(
    projectDir: string,
    file: { readonly path: string; readonly digest: string; readonly bytes: number },
    onBytes: (count: number) => void = () => undefined,
  ): Promise<SourceFile> {
    const handle = await open(join(projectDir, file.path), 'r').catch((cause: unknown) => {
      throw changed(file.path, 'it can no longer be opened', cause);
    });
    return new SourceFile(file.path, handle, file, onBytes);
  }

  /** The next bytes, at most 1 MiB; undefined at the end. The buffer is the caller's. */
  async next(): Promise<Buffer | undefined> {
    const block = Buffer.allocUnsafe(Math.min(blockSize, Math.max(1, this.#expected.bytes - this.#read + 1)));
    const { bytesRead } = await this.#handle.read(block, 0, block.length).catch((cause: unknown) => {
      throw changed(this.path, 'it can no longer be read', cause);
    });
    if (bytesRead === 0) return undefined;
    this.#read += bytesRead;
    if (this.#read > this.#expected.bytes) throw changed(this.path, 'it has grown');
    const bytes = block.subarray(0, bytesRead);
    this.#hash.update(bytes);
    this.#onBytes(bytesRead);
    return bytes;
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
      throw changed(this.path, 'its content is another');
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function changed(path: string, how: string, cause?: unknown): TowpathError {
  return new TowpathError('TOW_DATA_SOURCE_CHANGED', `${path} changed while it was being read: ${how}`, {
    where: path,
    cause,
  });
}
