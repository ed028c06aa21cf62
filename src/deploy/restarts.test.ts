import { expect, test } from 'vitest';
import { Restarts } from './restarts.ts';

function at(): { now: number; clock: { now(): number; monotonic(): number } } {
  const time = { now: 0, clock: { now: () => time.now, monotonic: () => time.now } };
  return time;
}

test('waits twice as long after each crash, up to the longest', () => {
  const restarts = new Restarts(at().clock, { first: 100, longest: 350, crashes: 9 });
  expect([1, 2, 3, 4].map(() => restarts.next())).toEqual([100, 200, 350, 350]);
});

test('gives up when the budget of the window is spent', () => {
  const restarts = new Restarts(at().clock, { crashes: 2 });
  expect(restarts.next()).toBe(500);
  expect(restarts.next()).toBeUndefined();
});

test('forgives crashes older than the window', () => {
  const time = at();
  const restarts = new Restarts(time.clock, { crashes: 2, window: 1000 });
  restarts.next();
  time.now = 1000;
  expect(restarts.next()).toBe(500);
});
