import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlotPool } from './slots.ts';

const any = () => 0;
const never = new AbortController().signal;

test('takes the free slot with the highest score', async () => {
  const pool = new SlotPool(['a', 'b', 'c'], 0);
  expect(await pool.acquire((slot) => (slot === 'b' ? 5 : 1), never)).toBe('b');
});

test('refuses beyond the queue at once', async () => {
  const pool = new SlotPool(['a'], 1);
  await pool.acquire(any, never);
  void pool.acquire(any, never);
  await expect(pool.acquire(any, never)).rejects.toMatchObject({ code: 'TOW_SERVE_REPLICA_BUSY' });
});

test('who leaves the queue makes room and gets no slot', async () => {
  const pool = new SlotPool(['a'], 1);
  const slot = await pool.acquire(any, never);
  const leaving = new AbortController();
  const left = pool.acquire(any, leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  const next = pool.acquire(any, never);
  pool.release(slot);
  expect(await next).toBe('a');
});

test('no order of comings, goings and leavings loses a slot or gives one twice', async () => {
  const steps = fc.array(fc.constantFrom('come', 'go', 'leave'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), fc.nat(4), async (script, size, queue) => {
      const pool = new SlotPool(
        Array.from({ length: size }, (_, at) => at),
        queue,
      );
      const held: number[] = [];
      const waiting: AbortController[] = [];
      for (const step of script) {
        if (step === 'come') {
          const controller = new AbortController();
          waiting.push(controller);
          pool.acquire(any, controller.signal).then(
            (slot) => held.push(slot) && waiting.splice(waiting.indexOf(controller), 1),
            () => waiting.splice(waiting.indexOf(controller), 1),
          );
        } else if (step === 'leave') waiting[0]?.abort(new Error('left'));
        else if (held.length > 0) pool.release(held.shift() as number);
        await new Promise(setImmediate);
        expect(new Set(held).size).toBe(held.length);
        expect(pool.busy).toBe(held.length);
        expect(pool.waiting).toBeLessThanOrEqual(queue);
        if (pool.waiting > 0) expect(pool.busy).toBe(size);
      }
    }),
    { numRuns: 50 },
  );
});
