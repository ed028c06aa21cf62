import type { Progress } from '../../core/progress.ts';

interface Sample {
  readonly at: number;
  readonly done: number;
}

const windowMs = 10_000;
const shortestMs = 500;

/** Units per second over the last ten seconds, and the time left at that rate. */
export class RateMeter {
  #samples: Sample[] = [];
  #unit: string | undefined;

  /** @param at milliseconds of a clock that never goes back */
  add({ done, unit }: Progress, at: number): void {
    const last = this.#samples.at(-1);
    // A step that begins another part counts anew.
    if (unit !== this.#unit || (last !== undefined && done < last.done)) this.#samples = [];
    this.#unit = unit;
    this.#samples.push({ at, done });
    const second = () => this.#samples[1];
    for (let next = second(); next !== undefined && at - next.at >= windowMs; next = second())
      this.#samples.shift();
  }

  /** Undefined until there is enough to tell. */
  perSecond(now: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || now - first.at < shortestMs || last.done <= first.done)
      return undefined;
    return ((last.done - first.done) * 1000) / (now - first.at);
  }

  /** Milliseconds. */
  left(progress: Progress, now: number): number | undefined {
    const rate = this.perSecond(now);
    if (rate === undefined || progress.total === undefined || progress.total <= progress.done)
      return undefined;
    return ((progress.total - progress.done) * 1000) / rate;
  }
}
