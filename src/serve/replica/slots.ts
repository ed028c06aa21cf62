import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

interface Waiting<T> {
  readonly score: (resource: T) => number;
  readonly grant: (resource: T) => void;
}

/**
 * Hands out a fixed set of resources, first come, first served, with a bounded queue.
 * A request over the bound is refused at once: a queue that only grows answers nobody in time.
 */
export class SlotPool<T> {
  readonly size: number;
  readonly queue: number;
  readonly #free: T[];
  readonly #waiting = new Set<Waiting<T>>();

  constructor(resources: readonly T[], queue: number) {
    this.size = resources.length;
    this.queue = queue;
    this.#free = [...resources];
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
   * @throws TOW_SERVE_REPLICA_BUSY when the queue is full
   */
  acquire(score: (resource: T) => number, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#free.length > 0) return Promise.resolve(this.#take(score));
    if (this.#waiting.size >= this.queue) {
      const taken = say('serve.slots-taken', { slots: this.size, waiting: this.#waiting.size });
      return Promise.reject(new TowpathError('TOW_SERVE_REPLICA_BUSY', taken));
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

  /** Gives a resource back; whoever waits longest gets it. */
  release(resource: T): void {
    this.#free.push(resource);
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#waiting.delete(first);
    first.grant(this.#take(first.score));
  }

  #take(score: (resource: T) => number): T {
    const best = this.#free.reduce((left, right) => (score(right) > score(left) ? right : left));
    this.#free.splice(this.#free.indexOf(best), 1);
    return best;
  }
}
