import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Semaphore, type Turn } from './semaphore.ts';

const never = new AbortController().signal;

test('takes the free slot with the highest score', async () => {
  const pool = new Semaphore(['a', 'b', 'c']);
  const { resource } = await pool.acquire(never, (slot) => (slot === 'b' ? 5 : 1));
  expect(resource).toBe('b');
});

test('refuses beyond the queue at once', async () => {
  const full = ({ busy, waiting }: { busy: number; waiting: number }) =>
    new Error(`${String(busy)} busy, ${String(waiting)} waiting`);
  const pool = new Semaphore(['a'], { queue: 1, full });
  await pool.acquire(never);
  void pool.acquire(never);
  await expect(pool.acquire(never)).rejects.toThrow('1 busy, 1 waiting');
});

test('who leaves the queue makes room and gets no slot', async () => {
  const pool = new Semaphore(['a'], { queue: 1 });
  const { release } = await pool.acquire(never);
  const leaving = new AbortController();
  const left = pool.acquire(leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  const next = pool.acquire(never);
  release();
  expect((await next).resource).toBe('a');
});

test('no order of comings, goings and leavings loses a slot or gives one twice', async () => {
  const steps = fc.array(fc.constantFrom('come', 'go', 'leave'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), fc.nat(4), async (script, size, queue) => {
      const pool = Semaphore.ofPermits(size, { queue });
      const held: Turn<number>[] = [];
      const waiting: AbortController[] = [];
      for (const step of script) {
        if (step === 'come') {
          const controller = new AbortController();
          waiting.push(controller);
          pool.acquire(controller.signal).then(
            (turn) => held.push(turn) && waiting.splice(waiting.indexOf(controller), 1),
            () => waiting.splice(waiting.indexOf(controller), 1),
          );
        } else if (step === 'leave') waiting[0]?.abort(new Error('left'));
        else held.shift()?.release();
        await new Promise(setImmediate);
        expect(new Set(held.map(({ resource }) => resource)).size).toBe(held.length);
        expect(pool.busy).toBe(held.length);
        expect(pool.waiting).toBeLessThanOrEqual(queue);
        if (pool.waiting > 0) expect(pool.busy).toBe(size);
      }
    }),
    { numRuns: 50 },
  );
});

test('a turn is given back once, however often it is said', async () => {
  const pool = Semaphore.ofPermits(1);
  const first = await pool.acquire(never);
  first.release();
  const second = await pool.acquire(never);
  first.release();
  expect(pool.busy).toBe(1);
  second.release();
  expect(pool.busy).toBe(0);
});

function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('work in turn', () => {
  const { signal } = new AbortController();

  it('runs no more than the limit at once, and all in order', async () => {
    const slots = Semaphore.ofPermits(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const work = Array.from({ length: 10 }, (_, n) =>
      slots.run(async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
        order.push(n);
      }, signal),
    );
    await Promise.all(work);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('lets one that waits leave the line, and starts nothing for it', async () => {
    const slots = Semaphore.ofPermits(1);
    const first = gate();
    const running = slots.run(() => first.opened, signal);
    const leaving = new AbortController();
    let started = false;
    const waiting = slots.run(() => {
      started = true;
      return Promise.resolve();
    }, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.open();
    await running;
    await slots.idle();
    expect(started).toBe(false);
    expect(await slots.run(() => Promise.resolve('next'), signal)).toBe('next');
  });

  it('answers an abort at once while the work still holds its slot', async () => {
    const slots = Semaphore.ofPermits(1);
    const held = gate();
    const leaving = new AbortController();
    const running = slots.run(() => held.opened, leaving.signal);
    await new Promise(setImmediate);
    leaving.abort(new Error('gone'));
    await expect(running).rejects.toThrow('gone');
    let idle = false;
    const ending = slots.idle().then(() => (idle = true));
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    held.open();
    await ending;
  });

  it('frees the slot of work that failed', async () => {
    const slots = Semaphore.ofPermits(1);
    await expect(slots.run(() => Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(await slots.run(() => Promise.resolve(1), signal)).toBe(1);
  });
});
