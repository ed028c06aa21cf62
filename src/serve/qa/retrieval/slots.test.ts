import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('slots', () => {
  const { signal } = new AbortController();

  it('runs no more than the limit at once, and all in order', async () => {
    const slots = new Slots(2);
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
    const slots = new Slots(1);
    const first = gate();
    const running = slots.run(() => first.opened, signal);
    const leaving = new AbortController();
    let started = false;
    const waiting = slots.run(async () => {
      started = true;
    }, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.open();
    await running;
    await slots.idle();
    expect(started).toBe(false);
    expect(await slots.run(async () => 'next', signal)).toBe('next');
  });

  it('answers an abort at once while the work still holds its slot', async () => {
    const slots = new Slots(1);
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
    const slots = new Slots(1);
    await expect(slots.run(() => Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(await slots.run(async () => 1, signal)).toBe(1);
  });
});
