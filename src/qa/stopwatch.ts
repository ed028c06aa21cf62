import type { Clock } from '../core/clock.ts';

/** Adds up milliseconds by part. */
export class Stopwatch {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #parts = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.monotonic();
  }

  async time<T>(part: string, work: () => T | Promise<T>): Promise<T> {
    const from = this.#clock.monotonic();
    try {
      return await work();
    } finally {
      this.#add(part, this.#clock.monotonic() - from);
    }
  }

  /** The same for work that does not wait. */
  during<T>(part: string, work: () => T): T {
    const from = this.#clock.monotonic();
    try {
      return work();
    } finally {
      this.#add(part, this.#clock.monotonic() - from);
    }
  }

  #add(part: string, ms: number): void {
    this.#parts.set(part, (this.#parts.get(part) ?? 0) + ms);
  }

  /** Every part and `total`, to a hundredth of a millisecond. */
  timings(): Record<string, number> {
    const all: [string, number][] = [...this.#parts, ['total', this.#clock.monotonic() - this.#start]];
    return Object.fromEntries(all.map(([part, ms]) => [part, Math.round(ms * 100) / 100]));
  }
}
