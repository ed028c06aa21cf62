import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';

/**
 * A file that grows and is hashed as it is written. What an earlier attempt left is hashed again, so that a resumed
 * download is verified from its first byte.
 */
export class VerifiedFile {
  readonly path: string;
  readonly #file: FileHandle;
  #hash: Hash;
  #bytes: number;

  private constructor(path: string, file: FileHandle, hash: Hash, bytes: number) {
    this.path = path;
    this.#file = file;
    this.#hash = hash;
    this.#bytes = bytes;
  }

  static async open(path: string, signal: AbortSignal): Promise<VerifiedFile> {
    await mkdir(dirname(path), { recursive: true });
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    const hash = createHash('sha256');
    if (bytes > 0) for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
    return new VerifiedFile(path, await open(path, bytes > 0 ? 'r+' : 'w'), hash, bytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  async append(chunk: Uint8Array): Promise<void> {
    // A write may take a part only, as the last one before a disk is full does.
    for (let at = 0; at < chunk.length;) {
      at += (await this.#file.write(chunk, at, chunk.length - at, this.#bytes + at)).bytesWritten;
    }
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  /** Forgets everything written. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash('sha256');
    this.#bytes = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Ends the file and moves it to `target` if it is what was asked for; deletes it if not. */
  async finish(target: string, sha256: Digest, origin: string): Promise<void> {
    const actual = this.#hash.copy().digest('hex');
    if (actual !== sha256) {
      await this.close();
      await rm(this.path, { force: true });
      throw mismatch(origin, sha256, actual, this.#bytes);
    }
    await this.#file.sync();
    await this.close();
    await mkdir(dirname(target), { recursive: true });
    await rename(this.path, target).catch(async (thrown: unknown) => {
      if ((thrown as NodeJS.ErrnoException).code !== 'EXDEV') throw thrown;
      await copyFile(this.path, target);
      await rm(this.path);
    });
  }
}

export function mismatch(origin: string, expected: string, actual: string, bytes?: number): TowpathError {
  const size = bytes === undefined ? '' : say('train.of-bytes', { bytes });
  return new TowpathError(
    'TOW_TRAIN_WEIGHTS_MISMATCH',
    say('train.other-digest', { origin, actual, size, expected }),
    { data: { origin, expected, actual } },
  );
}
