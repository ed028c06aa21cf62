import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const keptLines = 20;
const keptWidth = 500;

/** Keeps the last lines of a stream, and passes each on. */
export class LastWords {
  readonly #lines: string[] = [];

  constructor(stream: Readable, log: (line: string) => void) {
    createInterface({ input: stream }).on('line', (line) => {
      this.#lines.push(line.slice(0, keptWidth));
      if (this.#lines.length > keptLines) this.#lines.shift();
      log(line);
    });
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}
