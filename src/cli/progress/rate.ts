import type { Progress } from '../../contract/progress.ts';

interface Sample {
  readonly at: number;
  readonly done: number;
}

const windowMs = 10_000;
const shortestMs = 500;
/** Reports closer together than this count as one: a step may report thousands in a second. */
const finestMs = 50;

/** Nothing is said of the time left before it was counted for so long, and came forward so often. */
const soundAfter = { ms: 3000, advances: 3 };

/** Units per second over the last ten seconds, and the time left. */
export class RateMeter {
  #samples: Sample[] = [];
  #first: Sample | undefined;
  #advances = 0;
  #unit: string | undefined;
  /** The latest end that an estimate may still name. */
  #latestEnd = Infinity;

  /** @param at milliseconds of a clock that never goes back */
  add({ done, unit }: Progress, at: number): void {
    if (unit !== this.#unit) this.#latestEnd = Infinity;
    const last = this.#samples.at(-1);
    // A step that begins another part counts anew.
    if (unit !== this.#unit || last === undefined || done < last.done) this.#begin({ at, done });
    this.#unit = unit;
    if (last !== undefined && done > last.done) this.#advances += 1;
    if (at - (this.#samples.at(-2)?.at ?? -Infinity) < finestMs) this.#samples.pop();
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

  /**
   * Milliseconds until the end, as they are to be shown: in whole seconds, in whole minutes from an hour on.
   *
   * Withheld until it is sound: the pace since the beginning and the recent one must name ends within twice of each
   * other. And it never grows more than twofold: while one unit is counted, no estimate names an end later than twice
   * the time that any before it named. Where work became slower than that, there is none.
   */
  left(progress: Progress, now: number): number | undefined {
    const estimate = this.#estimate(progress, now);
    if (estimate === undefined || now + estimate > this.#latestEnd) return undefined;
    this.#latestEnd = Math.min(this.#latestEnd, now + 2 * estimate);
    return estimate;
  }

  #begin(first: Sample): void {
    this.#samples = [];
    this.#first = first;
    this.#advances = 0;
  }

  #estimate({ done, total }: Progress, now: number): number | undefined {
    const first = this.#first;
    if (first === undefined || total === undefined || total <= done) return undefined;
    const elapsed = now - first.at;
    if (elapsed < soundAfter.ms || this.#advances < soundAfter.advances) return undefined;
    const recent = Math.min(windowMs, elapsed / 2);
    const base = this.#samples.findLast(({ at }) => at <= now - recent) ?? first;
    const timeAt = (since: Sample) => ((total - done) * (now - since.at)) / (done - since.done);
    const [whole, lately] = [timeAt(first), timeAt(base)];
    const longer = Math.max(whole, lately);
    if (!Number.isFinite(longer) || longer > 2 * Math.min(whole, lately)) return undefined;
    const grain = longer < 3_570_000 ? 1000 : 60_000;
    return Math.max(grain, Math.round(longer / grain) * grain);
  }
}
