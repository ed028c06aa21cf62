import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes a JSONL file in pieces of 64 KiB. An empty file is left when nothing was written. */
export class JsonLinesWriter {
  readonly #file: number;
  #pending: string[] = [];
  #characters = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'wx');
  }

  write(value: object): void {
    const line = `${JSON.stringify(value)}\n`;
    this.#pending.push(line);
    this.#characters += line.length;
    if (this.#characters > 65_536) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    let rest = Buffer.from(this.#pending.join(''));
    while (rest.length > 0) rest = rest.subarray(writeSync(this.#file, rest));
    this.#pending = [];
    this.#characters = 0;
  }
}
