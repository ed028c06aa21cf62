import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { TowpathError } from '../core/errors/towpath-error.ts';
import { get, startGateway } from './testing/gateway.ts';
import { until } from '../replica/testing/replica-process.ts';
import type { Gateway } from './gateway.ts';

let gateway: Gateway | undefined;
const sockets: Socket[] = [];
const troubles: TowpathError[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway?.close(0);
  troubles.length = 0;
});

async function start(connections: number): Promise<Gateway> {
  gateway = await startGateway({ connections, trouble: (error) => troubles.push(error) });
  return gateway;
}

async function opened({ port }: Gateway): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** All that comes on a connection until it ends, or until it holds what is waited for. */
async function read(socket: Socket, until?: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (until?.test(text)) break;
  }
  return text;
}

const ready = 'GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('beyond the limit a client reads 503 with its reason, and the operator one line', async () => {
  const full = await start(3);
  const holding = await Promise.all([1, 2, 3].map(() => opened(full)));
  // Connected is not yet accepted: the bytes of each prove that it is.
  for (const socket of holding) socket.write('GET / HT');
  await until(async () => {
    const socket = await opened(full);
    socket.write(ready);
    return (await read(socket)).startsWith('HTTP/1.1 503');
  });
  const told = troubles.length;
  const beyond = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = await opened(full);
      socket.write(
        `POST /v1/qa HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(200_000)}`,
      );
      return await read(socket);
    }),
  );
  for (const reply of beyond) {
    const [head = '', body = ''] = reply.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(head).toMatch(/\r\nretry-after: 2\r\n/);
    expect(head).toMatch(/\r\nx-request-id: req-/);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'TOW_SERVE_GATEWAY_CONNECTIONS', param: null } });
  }
  expect([told, troubles.length]).toEqual([1, 1]);
  expect(troubles[0]?.message).toBe('3 connections are open, as many as are taken: 1 connection refused');
});

test('a connection that is idle gives way to a new one, the longest idle first, and it is counted', async () => {
  const full = await start(2);
  const [old, newer] = [await opened(full), await opened(full)];
  for (const socket of [old, newer]) {
    socket.write(ready);
    expect(await read(socket, /"ready"/)).toContain('200 OK');
  }
  const closed = once(old, 'close');
  const third = await opened(full);
  third.write(ready);
  expect(await read(third, /"ready"/)).toContain('200 OK');
  await closed;
  newer.write(ready);
  expect(await read(newer, /"ready"/)).toContain('200 OK');
  const text = await (await get(full, '/metrics')).body.text();
  expect(text).toMatch(/^towpath_gateway_connections 2$/m);
  expect(text).toMatch(/^towpath_gateway_connections_refused_total 0$/m);
  expect(troubles).toEqual([]);
});

test.each([
  [
    'an expectation that cannot be met',
    'GET /readyz HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\n\r\n',
    417,
    'EXPECTATION',
  ],
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
  ['a method that is none', 'TAKE /v1/qa HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'BAD_REQUEST'],
  ['a header that is none', 'GET /v1/models HTTP/1.1\r\nHost localhost\r\n\r\n', 400, 'BAD_REQUEST'],
  [
    'two lengths',
    'POST /v1/qa HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
    'BAD_REQUEST',
  ],
  ['no host', 'GET /readyz HTTP/1.1\r\n\r\n', 400, 'BAD_REQUEST'],
  [
    'headers beyond the limit',
    `GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
    431,
    'HEAD_TOO_LARGE',
  ],
  [
    'chunks full of extensions',
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(40_000)}\r\n`,
    413,
    'BODY_TOO_LARGE',
  ],
  ['a proxy', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', 405, 'METHOD'],
])('a request that asks for %s is answered with an error as every other', async (_, bytes, status, code) => {
  const socket = await opened(await start(8));
  socket.write(bytes);
  const [head = '', body = ''] = (await read(socket)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  expect(head).toMatch(/\r\nx-request-id: req-/i);
  const { error } = JSON.parse(body) as { error: Record<string, unknown> };
  expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code']);
  expect(error['code']).toBe(`TOW_SERVE_GATEWAY_${code}`);
});

test('one that asks to switch to another protocol is answered in this one', async () => {
  const socket = await opened(await start(8));
  socket.write(
    'GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  expect(await read(socket, /\}\}/)).toMatch(/^HTTP\/1\.1 404[\s\S]*TOW_SERVE_GATEWAY_NOT_FOUND/);
});

test('a request that does not arrive in time is told so', { timeout: 60_000 }, async () => {
  const socket = await opened(await start(8));
  socket.write('GET /v1/models HTTP/1.1\r\nHost: localh');
  expect(await read(socket)).toMatch(/^HTTP\/1\.1 408[\s\S]*TOW_SERVE_GATEWAY_SLOW_REQUEST/);
});

test('what follows a good request and is none does not spoil the answer to it', async () => {
  const socket = await opened(await start(8));
  socket.write(`${ready}nonsense\r\n\r\n`);
  expect(await read(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"ready"/);
});
