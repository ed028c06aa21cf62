import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTarget } from '../open-target.ts';
import { alive, emptyPlace, never, program, until } from '../testing/replicas.ts';

const target = openTarget('local');

test('an unknown kind of target lists the known ones', () => {
  expect(() => openTarget('moon')).toThrow('no deploy target "moon"; known: local');
  expect(() => openTarget('constructor')).toThrow('known: local');
});

test('a replica that ends before it is ready is an error with its last words', async () => {
  await expect(
    target.start({ program, settings: { mode: 'crash' } }, { signal: never }),
  ).rejects.toMatchObject({
    code: 'TOW_DEPLOY_REPLICA_CRASHED',
    message: 'a replica ended with exit code 7 before it was ready: ggml: out of memory',
    data: { lastWords: 'ggml: out of memory' },
  });
});

test('what the program reports is passed on as it is', async () => {
  await expect(
    target.start({ program, settings: { mode: 'refuse' } }, { signal: never }),
  ).rejects.toMatchObject({
    code: 'TOW_SERVE_REPLICA_MODEL_UNREADABLE',
  });
});

test('one that is never ready is killed after its time', async () => {
  const start = target.start({ program, settings: { mode: 'hang' }, startWithin: 300 }, { signal: never });
  await expect(start).rejects.toMatchObject({ code: 'TOW_DEPLOY_REPLICA_NOT_READY' });
});

test('starting can be called off', async () => {
  const calling = new AbortController();
  const start = target.start({ program, settings: { mode: 'hang' } }, { signal: calling.signal });
  calling.abort(new Error('never mind'));
  await expect(start).rejects.toThrow('never mind');
});

test('a program that does not exist is an error, not a hang', async () => {
  const start = target.start({ program: '/nonexistent.mjs', settings: {} }, { signal: never });
  await expect(start).rejects.toMatchObject({ code: 'TOW_DEPLOY_REPLICA_CRASHED' });
});

test('stopping kills one that ignores SIGTERM, and its children', async () => {
  const grandchild = emptyPlace('pid');
  const instance = await target.start(
    { program, settings: { mode: 'stubborn', grandchild } },
    { signal: never },
  );
  const pid = Number(readFileSync(grandchild, 'utf8'));
  expect(alive(pid)).toBe(true);
  await instance.stop(50);
  expect((await instance.ended).signal).toBe('SIGKILL');
  await until(() => !alive(pid));
});

test('a replica does not outlive a parent that was killed', async () => {
  const compiled = fileURLToPath(new URL('../../../dist/deploy/local/local-target.js', import.meta.url));
  const script = fileURLToPath(new URL('../testing/parent.mjs', import.meta.url));
  const parent = spawn(process.execPath, [script, compiled, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !alive(pid));
});
