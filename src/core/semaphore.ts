interface Waiting<T> {
  readonly score: (resource: T) => number;
  readonly grant: (resource: T) => void;
}

/** Somebody's turn. */
export interface Turn<T> {
  readonly resource: T;
  /** Ends the turn; a second call does nothing. */
  readonly release: () => void;
}

interface Limits {
  /** How many may wait. @default as many as come */
  readonly queue?: number;
  /** What whoever finds the queue full is refused with: a queue that only grows answers nobody in time. */
  readonly full?: (taken: { readonly busy: number; readonly waiting: number }) => Error;
}

/** Hands out a fixed set of resources, first come, first served. */
export class Semaphore<T> {
  readonly size: number;
  readonly queue: number;
  readonly #full: Limits['full'];
  readonly #free: T[];
  readonly #waiting = new Set<Waiting<T>>();
  readonly #idle: (() => void)[] = [];

  constructor(resources: readonly T[], { queue = Infinity, full }: Limits = {}) {
    this.size = resources.length;
    this.queue = queue;
    this.#full = full;
    this.#free = [...resources];
  }

  /** One that only counts: so many at once. */
  static ofPermits(permits: number, limits?: Limits): Semaphore<number> {
    return new Semaphore([...Array(permits).keys()], limits);
  }

  get busy(): number {
    return this.size - this.#free.length;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Takes a resource, waiting for one when all are taken; leaves the queue when the signal aborts.
   *
   * @param score of the free ones, that with the highest score is taken
   * @throws what `full` gives, and the signal's reason when it aborts first
   */
  async acquire(signal: AbortSignal, score: (resource: T) => number = () => 0): Promise<Turn<T>> {
    signal.throwIfAborted();
    const resource = this.#free.length > 0 ? this.#take(score) : await this.#wait(signal, score);
    let isHeld = true;
    const release = (): void => {
      if (isHeld) this.#release(resource);
      isHeld = false;
    };
    // It may have been granted in the very moment in which the signal aborted.
    if (signal.aborted) release();
    signal.throwIfAborted();
    return { resource, release };
  }

  /**
   * Works on a resource in turn. When the signal aborts the caller gets its reason at once, and the work, which may not be
   * stopped, keeps its resource until it ends.
   */
  async run<R>(work: (resource: T) => Promise<R>, signal: AbortSignal): Promise<R> {
    const { resource, release } = await this.acquire(signal);
    return await untilAborted(work(resource).finally(release), signal);
  }

  /** Resolves once nobody has a turn. */
  async idle(): Promise<void> {
    if (this.busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #wait(signal: AbortSignal, score: (resource: T) => number): Promise<T> {
    if (this.#waiting.size >= this.queue) {
      const { busy, waiting } = this;
      throw this.#full?.({ busy, waiting }) ?? new RangeError(`${String(waiting)} wait already`);
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting<T> = {
        score,
        grant: (resource) => {
          signal.removeEventListener('abort', leave);
          resolve(resource);
        },
      };
      const leave = () => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiting);
    });
  }

  /** Whoever waits longest gets it. */
  #release(resource: T): void {
    this.#free.push(resource);
    const [first] = this.#waiting;
    if (first !== undefined) {
      this.#waiting.delete(first);
      first.grant(this.#take(first.score));
    } else if (this.busy === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(score: (resource: T) => number): T {
    const best = this.#free.reduce((left, right) => (score(right) > score(left) ? right : left));
    this.#free.splice(this.#free.indexOf(best), 1);
    return best;
  }
}

/** The result, or the reason of the abort as soon as that comes first; the listener goes with either. */
function untilAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    const done = (): void => {
      signal.removeEventListener('abort', stop);
    };
    result.then(resolve, reject).finally(done);
  });
}
