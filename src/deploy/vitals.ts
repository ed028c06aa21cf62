/** What a replica says of itself when its health is asked for. */
export interface Vitals {
  /** Requests that wait for the model now; one that waits for its reader to take what is written is none. */
  readonly working: number;
  /** Grows with every token that is read or written and every text that becomes a vector. */
  readonly progress: number;
  /** Milliseconds of processor time used so far, and one for each page of memory that came from the disk. */
  readonly effort: number;
}

export interface WorkLimits {
  /** Milliseconds with work, without progress and without effort. @default 8000 */
  readonly idle?: number;
  /** Milliseconds with work and effort, but without progress. @default 120000 */
  readonly fruitless?: number;
}

/** Share of one core below which a process does nothing but answer that it lives. */
const leastEffort = 0.05;

/**
 * Tells a replica that hangs over its work from one that is slow. Progress alone does not: a slow machine reads the 512
 * tokens of one native call for half a minute without a word. It burns processor time, or waits for the disk, while it
 * does; what hangs does neither.
 */
export class WorkWatch {
  readonly #idle: number;
  readonly #fruitless: number;
  #last: (Vitals & { readonly at: number }) | undefined;
  #progressAt = 0;
  #effortAt = 0;

  constructor({ idle = 8000, fruitless = 120_000 }: WorkLimits = {}) {
    this.#idle = idle;
    this.#fruitless = fruitless;
  }

  /** Milliseconds since it got anywhere, once that is too long; undefined while all is well. */
  stalled(vitals: Vitals, now: number): number | undefined {
    const last = this.#last;
    this.#last = { ...vitals, at: now };
    if (last === undefined || vitals.working === 0 || vitals.progress !== last.progress) {
      this.#progressAt = now;
      this.#effortAt = now;
      return undefined;
    }
    if (vitals.effort - last.effort >= leastEffort * (now - last.at)) this.#effortAt = now;
    const long = now - this.#effortAt >= this.#idle || now - this.#progressAt >= this.#fruitless;
    return long ? now - this.#progressAt : undefined;
  }
}
