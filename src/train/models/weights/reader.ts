import { open, type FileHandle } from 'node:fs/promises';
import { SaidError } from '../../../core/errors/towpath-error.ts';
import { say, type Message } from '../../../core/messages/message.ts';

/** Running out of bytes while reading a header: the file is shorter than it says. */
export class EndOfFile extends SaidError {
  constructor(text: Message = say('train.header-cut-off')) {
    super(text);
  }
}

/** A little-endian reader over the beginning of a file, in chunks; never holds more than asked for. */
export class HeaderReader {
  readonly #file: FileHandle;
  readonly #chunk = Buffer.allocUnsafe(1 << 20);
  #chunkStart = 0;
  #chunkBytes = 0;
  position = 0;
  readonly bytes: number;

  private constructor(file: FileHandle, bytes: number) {
    this.#file = file;
    this.bytes = bytes;
  }

  static async open(path: string): Promise<HeaderReader> {
    const file = await open(path, 'r');
    return new HeaderReader(file, (await file.stat()).size);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async u8(): Promise<number> {
    return (await this.#view(1)).readUInt8();
  }

  async u32(): Promise<number> {
    return (await this.#view(4)).readUInt32LE();
  }

  /** @throws SaidError above 2^53: no honest header holds such a count */
  async u64(): Promise<number> {
    const value = (await this.#view(8)).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new SaidError(say('train.no-count', { value: String(value) }));
    return Number(value);
  }

  async take(length: number): Promise<Buffer> {
    if (this.position + length > this.bytes) throw new EndOfFile();
    if (length <= this.#chunk.length) return Buffer.from(await this.#view(length));
    const buffer = Buffer.alloc(length);
    await this.#file.read(buffer, 0, length, this.position);
    this.position += length;
    return buffer;
  }

  skip(length: number): void {
    if (this.position + length > this.bytes) throw new EndOfFile();
    this.position += length;
  }

  async #view(length: number): Promise<Buffer> {
    let at = this.position - this.#chunkStart;
    if (at < 0 || at + length > this.#chunkBytes) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, this.#chunk.length, this.position);
      this.#chunkStart = this.position;
      this.#chunkBytes = bytesRead;
      at = 0;
      if (bytesRead < length) throw new EndOfFile();
    }
    this.position += length;
    return this.#chunk.subarray(at, at + length);
  }
}
