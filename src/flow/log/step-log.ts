import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { LogSource } from '../events.ts';

/** Bytes of one step's log; beyond, only the last lines are kept. */
const maxBytes = 8 * 2 ** 20;
const tailLines = 200;

export function logPath(logsDir: string, run: string, step: string): string {
  return join(logsDir, run, `${step}.log`);
}

/** Where a file is kept that a step left when it failed. */
export function leftPath(log: string, name: string): string {
  return log.replace(/log$/, name);
}

/**
 * The kept log of a step: `<time> <source> <line>`, bounded. Written at once, so that what a step said just before the
 * machine or the engine died is there; the file appears with the first line. A disk that is full costs lines, never
 * the run.
 */
export class StepLog {
  readonly path: string;
  readonly #clock: Clock;
  readonly #tail: string[] = [];
  #file: number | undefined;
  #bytes = 0;
  #dropped = 0;

  constructor(path: string, clock: Clock) {
    this.path = path;
    this.#clock = clock;
  }

  write(source: LogSource, line: string): void {
    const text = `${new Date(this.#clock.now()).toISOString()} ${source} ${line}\n`;
    this.#tail.push(text);
    if (this.#tail.length > tailLines) this.#tail.shift();
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > maxBytes) this.#dropped += 1;
    else this.#append(text);
  }

  /** The last lines, without times: what an error carries. */
  tail(lines = 15): string[] {
    return this.#tail.slice(-lines).map((text) => text.slice(text.indexOf(' ') + 1, -1).slice(0, 500));
  }

  close(): void {
    if (this.#dropped > 0) {
      const shown = this.#tail.slice(-Math.min(this.#dropped, tailLines));
      const left = this.#dropped - shown.length;
      const time = new Date(this.#clock.now()).toISOString();
      this.#append(
        `${time} flow the log is over 8 MiB: ${String(left)} lines left out, the last ones follow\n`,
      );
      this.#append(shown.join(''));
    }
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #append(text: string): void {
    try {
      if (this.#file === undefined) {
        mkdirSync(dirname(this.path), { recursive: true });
        this.#file = openSync(this.path, 'a');
      }
      writeSync(this.#file, text);
    } catch {
      this.#dropped += 1;
    }
  }
}
