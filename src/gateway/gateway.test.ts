import { connect } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { verbatim } from '../core/messages/message.ts';
import type { oneFact } from './testing/gateway.ts';
import { events, get, post, SlowAnswerer, snapshot, startGateway } from './testing/gateway.ts';
import { until } from '../replica/testing/replica-process.ts';
import { Gateway } from './gateway.ts';

const question = { question: 'Which port?' };
const open: Gateway[] = [];
const started = async (...args: Parameters<typeof startGateway>) => {
  const gateway = await startGateway(...args);
  open.push(gateway);
  return gateway;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((gateway) => gateway.close(0)));
});

describe('a gateway with a release', () => {
  let gateway: Gateway;
  beforeAll(async () => void (gateway = await startGateway()));
  afterAll(() => gateway.close(0));

  const failing = async (path: string, body: unknown, headers?: Record<string, string>) => {
    const response = await post(gateway, path, body, { ...(headers && { headers }) });
    const { error } = (await response.body.json()) as { error: Record<string, unknown> };
    expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code']);
    return { status: response.statusCode, ...error };
  };

  test('answers a question as JSON', async () => {
    const response = await post(gateway, '/v1/qa', question);
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-request-id']).toMatch(/^req-/);
    expect(await response.body.json()).toMatchObject({
      answer: 'The default port is 7411. [1] It listens on this machine only. [1]',
      declined: false,
      citations: [{ n: 1, source: 'docs/serve.md' }],
      release: 'r1',
    });
  });

  test.each([
    ['the Accept header', question, { accept: 'text/event-stream' }],
    ['a field of the body', { ...question, stream: true }, {}],
  ])('streams sentences and then the answer when %s asks for it', async (_, body, headers) => {
    const response = await post(gateway, '/v1/qa', body, { headers });
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    const [first, second, last] = events(await response.body.text());
    expect([first?.[0], second?.[0], last?.[0]]).toEqual(['sentence', 'sentence', 'answer']);
    expect(JSON.parse(first?.[1] ?? '')).toEqual({ text: 'The default port is 7411. [1]', citations: [1] });
    expect(JSON.parse(last?.[1] ?? '')).toMatchObject({ declined: false, release: 'r1' });
  });

  test('keeps a sane request id of the client, and replaces any other', async () => {
    const id = async (given: string) =>
      (await get(gateway, '/healthz', { 'x-request-id': given })).headers['x-request-id'];
    expect(await id('mine-1')).toBe('mine-1');
    expect(await id('not sane')).toMatch(/^req-/);
  });

  test.each([
    ['empty', '', 400, 'TOW_SERVE_QA_QUESTION_EMPTY'],
    ['white space', ' \n\u3000 ', 400, 'TOW_SERVE_QA_QUESTION_EMPTY'],
    ['of a million characters', 'a'.repeat(1_000_000), 413, 'TOW_SERVE_QA_QUESTION_LONG'],
    ['of a MiB', 'a'.repeat(1 << 20), 413, 'TOW_SERVE_GATEWAY_BODY_TOO_LARGE'],
  ])('refuses a question that is %s', async (_, text, status, code) => {
    expect(await failing('/v1/qa', { question: text })).toMatchObject({ status, code });
    expect(await failing('/v1/qa', { question: text, stream: true })).toMatchObject({ status, code });
  });

  test('an emoji is a question that the documents do not answer', async () => {
    const response = await post(gateway, '/v1/qa', { question: '🚲🚲🚲' });
    expect(await response.body.json()).toMatchObject({ declined: true, citations: [] });
  });

  test('a body of chunks without a length is cut off at the limit', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      'POST /v1/qa HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = 'x'.repeat(1 << 16);
    for (let sent = 0; sent < 20; sent++) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1.1 413/);
    socket.destroy();
  });

  test.each([
    ['not JSON', '{"question": ', {}, 400, null],
    ['a list', '[]', {}, 400, null],
    ['a number for text', '{"question": 5}', {}, 400, 'question'],
    ['nested beyond reason', `{"question":${'['.repeat(5000)}${']'.repeat(5000)}}`, {}, 400, null],
    ['declared as text', '{"question":"a"}', { 'content-type': 'text/plain' }, 415, null],
    ['compressed', '{"question":"a"}', { 'content-encoding': 'gzip' }, 415, null],
  ])('refuses a body that is %s', async (_, body, headers, status, param) => {
    expect(await failing('/v1/qa', body, headers)).toMatchObject({ status, param });
  });

  test('no body that a client can think of makes a fault', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data).toString('latin1'));
    const json = fc.json({ maxDepth: 6 });
    const shaped = fc
      .record(
        {
          model: fc.constantFrom<unknown>('towpath', 'nope', '', 7, null),
          messages: fc.anything({ maxDepth: 3 }),
          question: fc.anything({ maxDepth: 1 }),
          stream: fc.anything({ maxDepth: 0 }),
          stop: fc.anything({ maxDepth: 1 }),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value));
    const path = fc.constantFrom('/v1/qa', '/v1/chat/completions');
    await fc.assert(
      fc.asyncProperty(path, fc.oneof(bytes, json, shaped), async (where, body) => {
        const response = await post(gateway, where, body);
        const text = await response.body.text();
        expect(response.statusCode, text).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect((await get(gateway, '/readyz')).statusCode).toBe(200);
  });

  test('says what is wrong in the language that the request asks for', async () => {
    const asked = (accept: string) => failing('/v1/qa', { question: '' }, { 'accept-language': accept });
    expect(await asked('zh-CN,zh;q=0.9,en;q=0.8')).toMatchObject({ message: '问题为空' });
    expect(await asked('*')).toMatchObject({ message: 'the question is empty' });
  });

  test('says what is not there, and what a path takes', async () => {
    expect(await failing('/v1/nothing', {})).toMatchObject({
      status: 404,
      code: 'TOW_SERVE_GATEWAY_NOT_FOUND',
    });
    const wrong = await get(gateway, '/v1/qa');
    expect([wrong.statusCode, wrong.headers['allow']]).toEqual([405, 'POST']);
    await wrong.body.dump();
  });

  test.each(['evil.example', 'evil.example:7411', '127.0.0.1.evil.example', '10.0.0.1', ''])(
    'refuses the host name %j: a page elsewhere may have pointed it here',
    async (host) => {
      const socket = connect(gateway.port, '127.0.0.1');
      socket.write(`GET /readyz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      const [data] = (await once(socket, 'data')) as [Buffer];
      expect(data.toString()).toMatch(/^HTTP\/1.1 403/);
      socket.destroy();
    },
  );

  test.each(['localhost:7411', '127.0.0.1', '[::1]:7411'])('takes the host name %j', async (host) => {
    const response = await get(gateway, '/readyz', { host });
    expect(response.statusCode).toBe(200);
    await response.body.dump();
  });

  test('takes pages of this machine and refuses all others', async () => {
    expect(await failing('/v1/qa', question, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    });
    expect(await failing('/v1/qa', question, { origin: 'null' })).toMatchObject({ status: 403 });
    const own = await post(gateway, '/v1/qa', question, { headers: { origin: gateway.url } });
    expect(own.statusCode).toBe(200);
    expect(own.headers['access-control-allow-origin']).toBeUndefined();
    await own.body.dump();
  });

  test('counts requests by pattern and status, and answers by language', async () => {
    await (await get(gateway, '/v1/models/some-model-that-is-not')).body.dump();
    await (await post(gateway, '/v1/qa', { question: '哪个端口？' })).body.dump();
    const text = await (await get(gateway, '/metrics')).body.text();
    expect(text).toContain(
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/models/*",http_response_status_code="404",release="r1"}',
    );
    expect(text).toMatch(/towpath_qa_answers_total\{release="r1",language="zh",declined="false"\} \d+/);
    expect(text).toContain('towpath_release_live{release="r1"} 1');
    expect(text).not.toContain('some-model-that-is-not');
  });
});

test('before the first release it lives but is not ready', async () => {
  const gateway = await started({}, null);
  expect((await get(gateway, '/healthz')).statusCode).toBe(200);
  const ready = await get(gateway, '/readyz');
  expect([ready.statusCode, ready.headers['retry-after']]).toEqual([503, '2']);
  expect((await post(gateway, '/v1/qa', question)).statusCode).toBe(503);
});

test('beyond turns and queue it refuses with 429 and says when to come again', async () => {
  const qa = new SlowAnswerer();
  const gateway = await started({ concurrency: 1, queue: 1 }, snapshot({ qa }));
  const first = post(gateway, '/v1/qa', question);
  await until(() => qa.asked.length === 1);
  const second = post(gateway, '/v1/qa', question);
  await until(async () =>
    (await (await get(gateway, '/metrics')).body.text()).includes('requests_waiting 1'),
  );
  const third = await post(gateway, '/v1/qa', question);
  expect(third.statusCode).toBe(429);
  expect(third.headers).toMatchObject({
    'retry-after': '1',
    'retry-after-ms': '1000',
    'x-should-retry': 'true',
  });
  qa.asked[0]?.finish();
  await until(() => qa.asked.length === 2);
  qa.asked[1]?.finish();
  expect([(await first).statusCode, (await second).statusCode]).toEqual([200, 200]);
});

test('a request over its deadline ends with 504, and its work is given up', async () => {
  const qa = new SlowAnswerer();
  const gateway = await started({ deadline: 50 }, snapshot({ qa }));
  const response = await post(gateway, '/v1/qa', question);
  expect(response.statusCode).toBe(504);
  expect(qa.asked[0]?.signal.aborted).toBe(true);
});

test('a client that leaves ends the work, frees the turn and counts as 499', async () => {
  const qa = new SlowAnswerer();
  const gateway = await started({ concurrency: 1 }, snapshot({ qa }));
  const leaving = new AbortController();
  const left = post(gateway, '/v1/qa', question, { signal: leaving.signal });
  await until(() => qa.asked.length === 1);
  leaving.abort();
  await expect(left).rejects.toThrow();
  await until(() => qa.asked[0]?.signal.aborted === true && gateway.inFlight === 0);
  expect(await (await get(gateway, '/metrics')).body.text()).toContain('http_response_status_code="499"');
});

test('a failure after the first sentence is an error event, and no answer follows', async () => {
  const qa = {
    answer: (...[, { onSentence }]: Parameters<typeof oneFact.answer>) => {
      onSentence?.({ text: 'Half.', citations: [] });
      return new Promise<never>((_, reject) => {
        setTimeout(
          () => reject(new TowpathError('TOW_SERVE_REPLICA_UNAVAILABLE', verbatim('the replica ended'))),
          50,
        );
      });
    },
  };
  const gateway = await started({}, snapshot({ qa }));
  const response = await post(gateway, '/v1/qa', { ...question, stream: true });
  const all = events(await response.body.text());
  expect(all.map(([event]) => event)).toEqual(['sentence', 'error']);
  expect(JSON.parse(all[1]?.[1] ?? '')).toMatchObject({ error: { code: 'TOW_SERVE_REPLICA_UNAVAILABLE' } });
});

test('a fault of ours tells the client nothing of its inside, and the log everything', async () => {
  const lines: string[] = [];
  const qa = { answer: () => Promise.reject(new Error('secret path /etc/x')) };
  const gateway = await started({ log: (line) => lines.push(line) }, snapshot({ qa }));
  const response = await post(gateway, '/v1/qa', question);
  expect(response.statusCode).toBe(500);
  expect(await response.body.text()).not.toContain('secret');
  expect(lines.join()).toContain('secret path');
});

test('a swap lets old requests end on the old release and resolves when they have', async () => {
  const qa = new SlowAnswerer();
  const gateway = await started({}, snapshot({ release: 'r1', qa }));
  const old = post(gateway, '/v1/qa', question);
  await until(() => qa.asked.length === 1);
  let drained = false;
  const swapped = gateway.swap(snapshot({ release: 'r2' })).then(() => (drained = true));
  expect(await (await get(gateway, '/readyz')).body.json()).toMatchObject({ release: 'r2' });
  expect((await post(gateway, '/v1/qa', question)).statusCode).toBe(200);
  expect(drained).toBe(false);
  qa.asked[0]?.finish();
  expect((await old).statusCode).toBe(200);
  await swapped;
});

test('no request fails however often the release changes under them', async () => {
  const gateway = await started({ concurrency: 8, queue: 100 });
  const statuses: number[] = [];
  const asking = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = 0; n < 20; n++) {
        const response = await post(gateway, '/v1/qa', question);
        await response.body.dump();
        statuses.push(response.statusCode);
      }
    }),
  );
  for (let n = 2; n < 30; n++) {
    await gateway.swap(snapshot({ release: `r${n}` }));
    await new Promise(setImmediate);
  }
  await asking;
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test('closing lets requests end, and refuses new ones on connections that are open', async () => {
  const qa = new SlowAnswerer();
  const gateway = await startGateway({}, snapshot({ qa }));
  const last = post(gateway, '/v1/qa', question);
  await until(() => qa.asked.length === 1);
  const closing = gateway.close(10_000);
  qa.asked[0]?.finish();
  expect((await last).statusCode).toBe(200);
  expect(await closing).toBe(true);
  await expect(get(gateway, '/healthz')).rejects.toThrow();
});

test('closing cuts off what does not end in time', async () => {
  const qa = new SlowAnswerer();
  const gateway = await startGateway({}, snapshot({ qa }));
  const last = post(gateway, '/v1/qa', question);
  await until(() => qa.asked.length === 1);
  expect(await gateway.close(30)).toBe(false);
  const outcome = await last.then(
    (response) => response.statusCode,
    () => 'cut',
  );
  expect([503, 'cut']).toContain(outcome);
});

test('a port in use is an error that names the port and the way out', async () => {
  const gateway = await started();
  await expect(Gateway.start({ port: gateway.port })).rejects.toMatchObject({
    code: 'TOW_SERVE_GATEWAY_PORT_IN_USE',
    message: `port ${gateway.port} of 127.0.0.1 is taken by another process`,
    hint: expect.stringContaining('--port') as string,
  });
});

test.each(['0.0.0.0', '192.168.1.5', 'example.com', '::'])('never listens on %s', async (host) => {
  await expect(Gateway.start({ host, port: 0 })).rejects.toMatchObject({
    code: 'TOW_SERVE_GATEWAY_HOST_NOT_LOOPBACK',
  });
});
