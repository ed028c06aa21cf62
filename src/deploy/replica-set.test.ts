import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { verbatim } from '../core/messages/message.ts';
import { threadsPerReplica } from './replica-set.ts';
import type { ReplicaEvent } from './supervised-replica.ts';
import { alive, emptyPlace, never, replicaSet, until, type TestClient } from './testing/replicas.ts';

const pidOf = async (client: TestClient) => JSON.parse(await client.get('/')) as { pid: number };

test('starts all replicas and spreads work to the least busy', async () => {
  const set = replicaSet({ mode: 'ok' }, { count: 2 });
  await set.start();
  expect(set.status().map((replica) => replica.state)).toEqual(['ready', 'ready']);
  const pids = await Promise.all([set.run(pidOf, never), set.run(pidOf, never)]);
  expect(new Set(pids.map(({ pid }) => pid)).size).toBe(2);
  const live = set.status().map((replica) => replica.pid ?? 0);
  await set.stop();
  expect(live.some(alive)).toBe(false);
});

test('one that crashes while it starts is started again', async () => {
  const events: ReplicaEvent[] = [];
  const set = replicaSet(
    { mode: 'crash-once', marker: emptyPlace('marker') },
    { observer: (event) => events.push(event) },
  );
  await set.start();
  expect(events.map(({ event }) => event)).toEqual(['starting', 'failed', 'starting', 'ready']);
  await set.stop();
});

test('one that always crashes spends its budget, and the error has its last words', async () => {
  const starts = emptyPlace('starts');
  const set = replicaSet({ mode: 'crash', starts });
  await expect(set.start()).rejects.toMatchObject({
    code: 'TOW_DEPLOY_REPLICA_CRASHED',
    data: { lastWords: 'ggml: out of memory' },
  });
  expect(readFileSync(starts, 'utf8')).toBe('xxx');
});

test('what trying again cannot mend is not tried again', async () => {
  const starts = emptyPlace('starts');
  const set = replicaSet({ mode: 'refuse', starts });
  await expect(set.start()).rejects.toMatchObject({ code: 'TOW_SERVE_REPLICA_MODEL_UNREADABLE' });
  expect(readFileSync(starts, 'utf8')).toBe('x');
});

test('starting can be called off, and nothing is left', async () => {
  const calling = new AbortController();
  const set = replicaSet({ mode: 'hang' });
  const start = set.start(calling.signal);
  calling.abort(new Error('never mind'));
  await expect(start).rejects.toThrow('never mind');
  expect(set.status()[0]).toMatchObject({ state: 'stopped' });
});

test('one that dies in service is replaced', async () => {
  const set = replicaSet({ mode: 'ok' });
  await set.start();
  const { pid } = await set.run(pidOf, never);
  await expect(set.run((client) => client.get('/die'), never)).rejects.toThrow('the replica is gone');
  await until(() => set.status()[0]?.state === 'ready' && set.status()[0]?.pid !== pid);
  expect((await set.run(pidOf, never)).pid).not.toBe(pid);
  await set.stop();
});

test('one that lives but no longer answers is killed and replaced', async () => {
  const set = replicaSet({ mode: 'ok' }, { probe: { every: 20, within: 100, silence: 200 } });
  await set.start();
  const { pid } = await set.run(pidOf, never);
  await set.run((client) => client.get('/deafen'), never);
  await until(() => set.status()[0]?.state === 'ready' && set.status()[0]?.pid !== pid);
  expect(alive(pid)).toBe(false);
  await set.stop();
});

test('one that answers but gets nowhere with its work is killed and replaced, and the operator told', async () => {
  const events: ReplicaEvent[] = [];
  const set = replicaSet(
    { mode: 'ok' },
    { probe: { every: 20, work: { idle: 200 } }, observer: (event) => events.push(event) },
  );
  await set.start();
  const { pid } = await set.run(pidOf, never);
  await set.run((client) => client.get('/stick'), never);
  await until(() => set.status()[0]?.state === 'ready' && set.status()[0]?.pid !== pid);
  expect(alive(pid)).toBe(false);
  const failed = events.find(({ event }) => event === 'failed');
  expect(failed).toMatchObject({ error: { code: 'TOW_DEPLOY_REPLICA_HUNG' } });
  await set.stop();
});

test('one that does not answer gets no work meanwhile, and has it again when it answers', async () => {
  const set = replicaSet({ mode: 'ok' }, { count: 2, probe: { every: 20, within: 2000, silence: 60_000 } });
  await set.start();
  const pids = set.status().map((replica) => replica.pid ?? 0);
  process.kill(pids[0] ?? 0, 'SIGSTOP');
  await until(() => set.status()[0]?.state === 'unresponsive');
  const asked = await Promise.all([1, 2, 3].map(() => set.run(pidOf, never)));
  expect(new Set(asked.map(({ pid }) => pid))).toEqual(new Set([pids[1]]));
  process.kill(pids[0] ?? 0, 'SIGCONT');
  await until(() => set.status()[0]?.state === 'ready');
  expect(set.status()[0]?.pid).toBe(pids[0]);
  await set.stop();
});

describe('failing over', () => {
  const lost = new TowpathError('TOW_SERVE_REPLICA_UNAVAILABLE', verbatim('lost'));

  test('happens before the first item', async () => {
    const set = replicaSet({ mode: 'ok' }, { count: 2 });
    await set.start();
    let tries = 0;
    async function* work() {
      if (++tries === 1) throw lost;
      yield await Promise.resolve('whole');
    }
    expect(await collected(set.stream(work, never))).toEqual(['whole']);
    expect(tries).toBe(2);
    await set.stop();
  });

  test('never happens after it', async () => {
    const set = replicaSet({ mode: 'ok' }, { count: 2 });
    await set.start();
    let tries = 0;
    async function* work() {
      tries++;
      yield await Promise.resolve('half');
      throw lost;
    }
    const items: string[] = [];
    const reading = (async () => {
      for await (const item of set.stream(work, never)) items.push(item);
    })();
    await expect(reading).rejects.toThrow('lost');
    expect([items, tries]).toEqual([['half'], 1]);
    await set.stop();
  });

  test('does not happen for what another replica would refuse as well', async () => {
    const set = replicaSet({ mode: 'ok' }, { count: 2 });
    await set.start();
    let tries = 0;
    const refuse = () => {
      tries++;
      return Promise.reject(new TowpathError('TOW_SERVE_REPLICA_PROMPT_TOO_LONG', verbatim('too long')));
    };
    await expect(set.run(refuse, never)).rejects.toThrow('too long');
    expect(tries).toBe(1);
    await set.stop();
  });
});

test('draining takes no new work and waits for the old', async () => {
  const set = replicaSet({ mode: 'ok' });
  await set.start();
  let finish = () => undefined as void;
  const work = set.run(() => new Promise<string>((resolve) => (finish = () => resolve('done'))), never);
  const drained = set.drain(10_000);
  await expect(set.run(pidOf, never)).rejects.toMatchObject({
    code: 'TOW_DEPLOY_NO_REPLICA',
    httpStatus: 503,
  });
  finish();
  expect(await drained).toBe(true);
  expect(await work).toBe('done');
  await set.stop();
});

test('draining gives up after its time', async () => {
  const set = replicaSet({ mode: 'ok' });
  await set.start();
  void set.run(() => new Promise(() => undefined), never);
  expect(await set.drain(20)).toBe(false);
  await set.stop();
});

test('cores are divided among replicas, and none goes without', () => {
  expect([threadsPerReplica(8, 3), threadsPerReplica(2, 1), threadsPerReplica(2, 4)]).toEqual([2, 2, 1]);
});

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
