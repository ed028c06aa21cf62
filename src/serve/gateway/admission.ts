import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** Bounds how many requests are worked on and how many wait; first come, first served. */
export class Admission {
  readonly #concurrency: number;
  readonly #queue: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(concurrency: number, queue: number) {
    this.#concurrency = concurrency;
    this.#queue = queue;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Waits for a turn. The returned function ends it and must be called once.
   *
   * @throws TOW_SERVE_GATEWAY_BUSY when too many wait already, the signal's reason when it aborts first
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#concurrency) this.#running++;
    else await this.#turn(signal);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#leave();
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#queue) {
      const message = say('serve.busy', { running: this.#running, waiting: this.#waiting.size });
      return Promise.reject(new TowpathError('TOW_SERVE_GATEWAY_BUSY', message));
    }
    return new Promise((resolve, reject) => {
      const grant = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.delete(grant);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(grant);
    });
  }

  /** A turn passes straight to whoever waits longest: `running` never dips in between. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
