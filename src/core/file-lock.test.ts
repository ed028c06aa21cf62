import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OverTime, withDeadline } from './deadline.ts';
import { withFileLock } from './file-lock.ts';
import { identifyProcess } from './process-identity.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(dir, 'a.lock');
});
afterEach(() => rm(dir, { recursive: true }));

const own = identifyProcess() ?? '';
const [, started = '', boot = '', , machine = ''] = own.split('-');
const otherContainer = `1-${started}-${boot}-7-${machine}`;
const never = new AbortController().signal;

test('one at a time, and nothing is left', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await sleep(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withFileLock(path, work, { signal: never })));
  expect(most).toBe(1);
  expect(await readdir(dir)).toEqual([]);
});

test('work that fails lets go', async () => {
  const fails = (): Promise<void> => Promise.reject(new Error('no'));
  await expect(withFileLock(path, fails, { signal: never })).rejects.toThrow('no');
  expect(await readdir(dir)).toEqual([]);
});

test('a dead holder’s lock is taken over at once', async () => {
  const child = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
  await writeFile(path, own.replace(/^\d+/, child.stdout.trim()));
  expect(await withFileLock(path, () => readFile(path, 'utf8'), { signal: never })).toBe(own);
});

test('a dead holder’s lock that cannot be taken away is an error, and no endless wait', async ({ skip }) => {
  const child = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
  await writeFile(path, own.replace(/^\d+/, child.stdout.trim()));
  // Nobody may rename what something is mounted on.
  if (spawnSync('mount', ['--bind', path, path]).status !== 0) return skip('only root may mount');
  try {
    const locked = withDeadline(2000, undefined, (signal) =>
      withFileLock(path, () => Promise.resolve(), { signal }),
    );
    await expect(locked).rejects.toMatchObject({ code: 'EBUSY' });
  } finally {
    spawnSync('umount', [path]);
  }
});

test('a living holder is waited for, for as long as the signal lets it', async () => {
  await writeFile(path, own);
  let told = 0;
  const waiting = withDeadline(500, undefined, (signal) =>
    withFileLock(path, () => Promise.resolve(), { signal, onWait: () => (told += 1) }),
  );
  await expect(waiting).rejects.toMatchObject({ cause: expect.any(OverTime) as OverTime });
  expect(told).toBe(1);
  expect(await readFile(path, 'utf8')).toBe(own);
});

test('a holder in another container keeps its lock while it gives signs of life, and loses it after', async () => {
  await writeFile(path, otherContainer);
  const beats = setInterval(() => void utimes(path, new Date(), new Date()), 1000);
  try {
    const waiting = withDeadline(4000, undefined, (signal) =>
      withFileLock(path, () => Promise.resolve(), { signal }),
    );
    await expect(waiting).rejects.toMatchObject({ cause: expect.any(OverTime) as OverTime });
  } finally {
    clearInterval(beats);
  }
  expect(await withFileLock(path, () => readFile(path, 'utf8'), { signal: never })).toBe(own);
}, 30_000);
