import { afterEach, expect, test } from 'vitest';
import type { ServiceProgress } from '../contract/first-run.ts';
import { events, get, post, snapshot, startGateway } from './testing/gateway.ts';
import { halfway, ToldRun } from './testing/first-run.ts';
import { until } from '../replica/testing/replica-process.ts';
import type { Gateway } from './gateway.ts';

let gateway: Gateway | undefined;
afterEach(() => gateway?.close(0));

async function start(firstRun = new ToldRun()): Promise<{ gateway: Gateway; firstRun: ToldRun }> {
  gateway = await startGateway({ firstRun }, null);
  return { gateway, firstRun };
}

const streamed = { accept: 'text/event-stream' };
const progressOf = (text: string) =>
  events(text).map(([event, data]) => {
    expect(event).toBe('progress');
    return JSON.parse(data) as ServiceProgress;
  });

test.each([
  ['GET', '/v1/models'],
  ['POST', '/v1/qa'],
  ['POST', '/v1/chat/completions'],
])('while the first run goes on, %s %s says so and when to come again', async (method, path) => {
  const { gateway } = await start();
  const body = { question: 'a', model: 'towpath', messages: [{ role: 'user', content: 'a' }] };
  const response = method === 'GET' ? await get(gateway, path) : await post(gateway, path, body);
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '2']);
  expect(await response.body.json()).toMatchObject({
    error: {
      code: 'TOW_SERVE_GATEWAY_NOT_READY',
      message: 'no release is live yet: the first run goes on, 1 of 3 steps are done',
    },
  });
});

test('tells once as JSON how far the first run is, and which release is live afterwards', async () => {
  const { gateway } = await start();
  expect(await (await get(gateway, '/v1/progress')).body.json()).toEqual({ firstRun: halfway });
  await gateway.swap(snapshot());
  expect(await (await get(gateway, '/v1/progress')).body.json()).toEqual({ release: 'r1' });
});

test('streams each change until a release is live', async () => {
  const { gateway, firstRun } = await start();
  const response = await get(gateway, '/v1/progress', streamed);
  await until(() => firstRun.watched === 1);
  firstRun.become({ state: 'starting', replica: { release: 'r1', replica: 1, of: 2 } });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await gateway.swap(snapshot());
  firstRun.become({});
  const all = progressOf(await response.body.text());
  expect(all[0]).toEqual({ firstRun: halfway });
  expect(all).toContainEqual({ firstRun: expect.objectContaining({ state: 'starting' }) as unknown });
  expect(all.at(-1)).toEqual({ release: 'r1' });
  await until(() => firstRun.watched === 0);
});

test('why the first run failed reaches whoever looks on before the service is gone', async () => {
  const { gateway, firstRun } = await start();
  const response = await get(gateway, '/v1/progress', streamed);
  await until(() => firstRun.watched === 1);
  // Within the pace of the stream, and with the end of the service right behind it.
  firstRun.become({ ms: 62_000 });
  const error = {
    code: 'TOW_DATA_NO_FILES',
    kind: 'user',
    message: 'source "docs" matches no file',
  } as const;
  await new Promise(setImmediate);
  firstRun.become({ state: 'failed', error });
  await new Promise(setImmediate);
  await gateway.close(0);
  expect(progressOf(await response.body.text()).at(-1)).toMatchObject({
    firstRun: { state: 'failed', error },
  });
});

test('one that looks on and leaves is forgotten', async () => {
  const { gateway, firstRun } = await start();
  const response = await get(gateway, '/v1/progress', streamed);
  await until(() => firstRun.watched === 1);
  response.body.on('error', () => undefined).destroy();
  await until(() => firstRun.watched === 0);
});
