import { systemClock, type Clock } from '../core/clock.ts';
import type { ErrorCode } from '../core/errors/code.ts';

/** What may be otherwise a moment later, with no change to the project. */
const passing: readonly ErrorCode[] = [
  'TOW_STORE_DISK_FULL',
  'TOW_STORE_NOT_WRITABLE',
  'TOW_STORE_DATABASE_BUSY',
];

const [shortest, longest] = [2000, 60_000];

/** When a run that ended for a passing reason is tried again: after a pause that doubles each time, to a minute. */
export class Retry {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #pause = 0;
  #at = Infinity;

  constructor(clock: Pick<Clock, 'monotonic'> = systemClock) {
    this.#clock = clock;
  }

  /** Whether the time has come. */
  get due(): boolean {
    return this.#clock.monotonic() >= this.#at;
  }

  /** Takes note of how a run ended; gives the milliseconds until it is tried again, if it is. */
  after(code: ErrorCode | undefined): number | undefined {
    if (code === undefined || !passing.includes(code)) {
      [this.#pause, this.#at] = [0, Infinity];
      return undefined;
    }
    this.#pause = Math.min(Math.max(this.#pause * 2, shortest), longest);
    this.#at = this.#clock.monotonic() + this.#pause;
    return this.#pause;
  }
}
