import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../contract/progress.ts';
import { RateMeter } from './rate.ts';

interface Shown {
  readonly at: number;
  readonly left: number;
}

/** What a view that looks ten times a second shows of a count; `doneAt` gives how far it is, until it is done. */
function estimates(doneAt: (ms: number) => number, total: number, longest = 600_000): Shown[] {
  const meter = new RateMeter();
  const shown: Shown[] = [];
  for (let at = 0; at <= longest; at += 100) {
    const progress: Progress = { done: Math.min(total, doneAt(at)), total, unit: 'rows' };
    meter.add(progress, at);
    const left = meter.left(progress, at);
    if (left !== undefined) shown.push({ at, left });
    if (progress.done >= total) break;
  }
  return shown;
}

/** No estimate names an end later than twice the time that any before it named. */
function expectNoGrowth(shown: readonly Shown[]): void {
  let latest = Infinity;
  for (const { at, left } of shown) {
    expect(at + left).toBeLessThanOrEqual(latest);
    latest = Math.min(latest, at + 2 * left);
  }
}

describe('the rate', () => {
  it('is that of the last ten seconds, and begins anew when the count goes back', () => {
    const meter = new RateMeter();
    const at = (done: number, ms: number) => meter.add({ done, total: 1000, unit: 'rows' }, ms);
    at(0, 0);
    expect(meter.perSecond(0)).toBeUndefined();
    at(10, 1000);
    expect(meter.perSecond(1000)).toBe(10);
    for (let second = 2; second <= 30; second++) at(second * 20, second * 1000);
    expect(meter.perSecond(30_000)).toBe(20);
    at(0, 31_000);
    expect(meter.perSecond(31_000)).toBeUndefined();
  });
});

describe('the time left', () => {
  it('is right, and there all along, where work goes on evenly', () => {
    for (const seconds of [20, 100, 500]) {
      const shown = estimates((ms) => ms / 10, seconds * 100);
      expect(shown[0]?.at).toBe(3000);
      expect(shown.length).toBeGreaterThan(seconds * 10 - 40);
      for (const { at, left } of shown) expect(Math.abs(at + left - seconds * 1000)).toBeLessThanOrEqual(600);
    }
  });

  it('is withheld at first, after a single jump, and while nothing comes forward', () => {
    expect(estimates((ms) => ms / 10, 200)).toEqual([]);
    expect(estimates((ms) => (ms < 2000 ? 0 : 500), 1000, 20_000)).toEqual([]);
    const stalled = estimates((ms) => Math.min(ms, 20_000) / 100, 1000, 300_000);
    expect(stalled.length).toBeGreaterThan(100);
    expect(stalled.at(-1)?.at).toBeLessThan(45_000);
  });

  it('never grows more than twofold, whatever the shape of the work: bursts, pauses, slowing, steps back', () => {
    const piece = fc.record({
      ms: fc.integer({ min: 100, max: 30_000 }),
      /** Thousandths of the whole in a second. */
      pace: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 })),
      /** Reported at once at the end of each, so that what comes is a burst. */
      every: fc.constantFrom(100, 1000, 7000),
      back: fc.oneof(
        { weight: 9, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ max: 500 }) },
      ),
      more: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2000) }),
    });
    let seen = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const meter = new RateMeter();
        const shown: Shown[] = [];
        let [at, done, total, pending] = [0, 0, 1000, 0];
        for (const { ms, pace, every, back, more } of pieces) {
          done = Math.max(0, done - back);
          total += more;
          for (const end = at + ms; at < end; at += 100) {
            pending += pace / 10;
            if (at % every === 0) [done, pending] = [Math.min(total, done + pending), 0];
            const progress: Progress = { done, total, unit: 'rows' };
            if (at % every === 0) meter.add(progress, at);
            const left = meter.left(progress, at);
            if (left !== undefined) shown.push({ at, left });
          }
        }
        seen += shown.length;
        expectNoGrowth(shown);
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(1000);
  });

  it('of work that slows down for good is withheld in the end rather than put off again and again', () => {
    const shown = estimates((ms) => 1000 * Math.log1p(ms / 10_000), 5000, 3_000_000);
    expectNoGrowth(shown);
    expect(shown.length).toBeGreaterThan(10);
  });

  it('of another unit is another estimate', () => {
    const meter = new RateMeter();
    const count = (from: number, seconds: number, progress: Omit<Progress, 'done'>) => {
      let last: number | undefined;
      for (let second = 0; second <= seconds; second++) {
        const now = { ...progress, done: second };
        meter.add(now, (from + second) * 1000);
        last = meter.left(now, (from + second) * 1000);
      }
      return last;
    };
    expect(count(0, 9, { total: 10, unit: 'files' })).toBe(1000);
    expect(count(10, 9, { total: 500, unit: 'steps' })).toBe(491_000);
  });
});
