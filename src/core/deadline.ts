/** Why a deadline's signal aborted when it was the time, not the caller. */
export class OverTime extends Error {
  /** Milliseconds that there were. */
  readonly limit: number;

  constructor(limit: number) {
    super(`it took longer than ${limit} ms`);
    this.name = 'OverTime';
    this.limit = limit;
  }
}

/** Beyond this a timer of Node.js fires at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * One signal for a piece of work: it aborts when a signal of the caller does, with that signal's reason, or after a time
 * with `OverTime`. Whoever makes one ends it, so that neither a timer nor a listener on a long-lived signal is left.
 *
 * It stands in for `AbortSignal.any` and `AbortSignal.timeout`, which hold their sources weakly: on Node.js 20 such a
 * signal may never abort once the garbage collector has run.
 */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];
  readonly #follow: (event: Event) => void;
  readonly #timer: NodeJS.Timeout | undefined;

  /**
   * @param within milliseconds; without it only the signals, and `abort`, end the work
   * @param signals those of the caller
   */
  constructor(within: number | undefined, ...signals: readonly (AbortSignal | undefined)[]) {
    this.signal = this.#controller.signal;
    this.#sources = signals.filter((signal) => signal !== undefined);
    this.#follow = ({ target }) => this.abort((target as AbortSignal).reason);
    const aborted = this.#sources.find((signal) => signal.aborted);
    if (aborted !== undefined) {
      this.abort(aborted.reason);
      return;
    }
    for (const signal of this.#sources) signal.addEventListener('abort', this.#follow, { once: true });
    if (within === undefined) return;
    this.#timer = setTimeout(() => this.abort(new OverTime(within)), Math.min(within, longestTimer));
  }

  /** Whether it was the time that ended the work. */
  get overTime(): boolean {
    return this.signal.reason instanceof OverTime;
  }

  abort(reason?: unknown): void {
    this.end();
    this.#controller.abort(reason);
  }

  /** Takes timer and listeners away; the signal stays as it is. */
  end(): void {
    clearTimeout(this.#timer);
    for (const signal of this.#sources) signal.removeEventListener('abort', this.#follow);
  }
}

/** Whether a signal has aborted by now. The compiler takes what a first look at `aborted` ruled out for ruled out for good. */
export function hasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Does work under a deadline that ends with it. The work must heed the signal: nothing else stops it. */
export async function withDeadline<T>(
  within: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(within, caller);
  try {
    return await work(deadline.signal);
  } finally {
    deadline.end();
  }
}

/** The outcome of work that heeds no signal, or the signal's reason as soon as it aborts; the work then goes on unheard. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const deadline = new Deadline(undefined, signal);
  try {
    return await new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(deadline.signal.reason as Error);
      if (deadline.signal.aborted) stop();
      deadline.signal.addEventListener('abort', stop, { once: true });
      work.then(resolve, reject);
    });
  } finally {
    deadline.end();
  }
}
