import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Deadline, OverTime, unlessAborted, withDeadline } from './deadline.ts';

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

test('the time aborts it with its own reason', async () => {
  const deadline = new Deadline(10, new AbortController().signal);
  expect(await aborted(deadline.signal)).toEqual(new OverTime(10));
  expect(deadline.overTime).toBe(true);
});

test.each([0, 1])(
  'the caller aborts it with the reason of the caller, whichever signal it was',
  async (at) => {
    const callers = [new AbortController(), new AbortController()] as const;
    const deadline = new Deadline(60_000, callers[0].signal, undefined, callers[1].signal);
    const reason = aborted(deadline.signal);
    callers[at]?.abort(new Error('the client left'));
    expect(await reason).toEqual(new Error('the client left'));
    expect(deadline.overTime).toBe(false);
  },
);

test('a caller that has given up already leaves no work to begin', async () => {
  const caller = new AbortController();
  caller.abort(new Error('gone'));
  const begun = withDeadline(60_000, caller.signal, (signal) => unlessAborted(signal, Promise.resolve()));
  await expect(begun).rejects.toThrow('gone');
});

test('ended, it neither aborts nor listens, however often a long-lived signal is used', async () => {
  const { signal } = new AbortController();
  const ended = new Deadline(5, signal);
  ended.end();
  for (let n = 0; n < 100; n++) await withDeadline(60_000, signal, () => Promise.resolve(n));
  const failing = withDeadline(60_000, signal, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  await aborted(new Deadline(1, signal).signal);
  await sleep(20);
  expect(ended.signal.aborted).toBe(false);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a time beyond what a timer holds is no time at all to a timer, and still does not end it at once', async () => {
  const deadline = new Deadline(2 ** 40);
  await sleep(20);
  expect(deadline.signal.aborted).toBe(false);
  deadline.end();
});

// The signals of `AbortSignal.any` and `AbortSignal.timeout` are lost here: nothing but their own listener knows them.
test('it fires after the garbage collector has run', async () => {
  const module = fileURLToPath(new URL('../../dist/core/deadline.js', import.meta.url));
  const script = `
    import { Deadline } from ${JSON.stringify(module)};
    const { signal } = new AbortController();
    let fired = 0;
    for (let n = 0; n < 100; n++) new Deadline(300, signal).signal.addEventListener('abort', () => fired++);
    const collecting = setInterval(() => gc(), 20);
    setTimeout(() => { clearInterval(collecting); console.log(fired); }, 1500);
  `;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  expect(printed.toString()).toBe('100\n');
});
