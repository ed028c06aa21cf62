import type { Clock } from '../core/clock.ts';

export interface RestartPolicy {
  /** Milliseconds before the first restart; doubles with each crash in the window. @default 500 */
  readonly first?: number;
  /** @default 30000 */
  readonly longest?: number;
  /** Crashes within the window after which the replica is given up. @default 5 */
  readonly crashes?: number;
  /** Milliseconds. @default 120000 */
  readonly window?: number;
}

/**
 * Decides when a crashed replica is started again: exponential backoff, and a budget of crashes in a sliding window,
 * so that a model that can never run ends in an error instead of a loop.
 */
export class Restarts {
  readonly #policy: Required<RestartPolicy>;
  readonly #clock: Clock;
  #crashes: number[] = [];

  constructor(clock: Clock, policy: RestartPolicy = {}) {
    this.#clock = clock;
    this.#policy = { first: 500, longest: 30_000, crashes: 5, window: 120_000, ...policy };
  }

  /** Records a crash. Milliseconds until the next start, or undefined when the budget is spent. */
  next(): number | undefined {
    const now = this.#clock.monotonic();
    const { first, longest, crashes, window } = this.#policy;
    this.#crashes = [...this.#crashes.filter((at) => now - at < window), now];
    if (this.#crashes.length >= crashes) return undefined;
    return Math.min(longest, first * 2 ** (this.#crashes.length - 1));
  }
}
