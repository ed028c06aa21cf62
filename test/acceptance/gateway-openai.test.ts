import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import OpenAI from 'openai-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openTarget } from '../../src/deploy/open-target.ts';
import { ReplicaSet } from '../../src/deploy/replica-set.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { ReplicaClient } from '../../src/replica/model/client.ts';
import { ReplicaPool } from '../../src/replica/model/pool.ts';
import { never, snapshot, startGateway } from '../../src/gateway/testing/gateway.ts';
import { replicaProgram, until } from '../../src/replica/testing/replica-process.ts';
import { smallQa } from '../../src/gateway/testing/small-qa.ts';
import { writeTinyModel } from '../../src/llama/testing/tiny-model.ts';

let replicas: ReplicaSet<ReplicaClient>;
let gateway: Gateway;
let client: OpenAI;

/** All of it is real: replicas as child processes, supervised, behind the gateway. */
beforeAll(async () => {
  replicas = new ReplicaSet({
    target: openTarget('local'),
    spec: {
      program: replicaProgram,
      settings: { modelPath: writeTinyModel(), threads: 1, slots: 2, context: 512 },
    },
    connect: (endpoint) => new ReplicaClient(endpoint),
    clock: systemClock,
    count: 1,
  });
  await replicas.start();
  const generator = { name: 'tiny', model: new ReplicaPool(replicas), context: 512 };
  gateway = await startGateway({}, snapshot({ qa: smallQa(), generator }));
  client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await gateway.close(0);
  await replicas.stop();
});

const asked = [{ role: 'user' as const, content: 'What is a gate?' }];
const busy = async () => (await replicas.run((replica) => replica.health(never), never)).busy;

describe('the official JavaScript client', () => {
  test('lists models and finds one by name', async () => {
    const models = await client.models.list();
    expect(models.data.map((model) => model.id)).toEqual(['towpath', 'tiny']);
    expect((await client.models.retrieve('tiny')).object).toBe('model');
    await expect(client.models.retrieve('gpt')).rejects.toMatchObject({ status: 404, param: 'model' });
  });

  test('gets the same answer of the documents plain and streamed', async () => {
    const whole = await client.chat.completions.create({ model: 'towpath', messages: asked });
    const stream = await client.chat.completions.create({ model: 'towpath', messages: asked, stream: true });
    let streamed = '';
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? '';
    expect(streamed).toBe(whole.choices[0]?.message.content);
    expect(streamed).toContain('rule');
  });

  test('gets the same words of the model plain and streamed, with their count', async () => {
    const body = { model: 'tiny', messages: asked, max_tokens: 12 };
    const whole = await client.chat.completions.create(body);
    const stream = client.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(final.choices[0]?.finish_reason).toBe('length');
    expect(final.usage?.completion_tokens).toBe(12);
    expect(whole.usage?.completion_tokens).toBe(12);
  });

  test('sees a prompt over the context as its own mistake', async () => {
    const messages = [{ role: 'user' as const, content: 'x'.repeat(2000) }];
    await expect(client.chat.completions.create({ model: 'tiny', messages })).rejects.toMatchObject({
      status: 400,
      code: 'TOW_SERVE_REPLICA_PROMPT_TOO_LONG',
    });
  });

  test('leaving in mid-answer frees the slot of the replica', async () => {
    const stream = await client.chat.completions.create({ model: 'tiny', messages: asked, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    await until(async () => (await busy()) === 0);
    await until(() => gateway.inFlight === 0);
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toContain('http_response_status_code="499"');
  });

  test('leaving before the first word frees it as well', async () => {
    const leaving = new AbortController();
    const body = { model: 'tiny', messages: asked };
    const answer = client.chat.completions.create(body, { signal: leaving.signal });
    await until(async () => (await busy()) === 1);
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await until(async () => (await busy()) === 0);
  });
});

describe('the official Python client', () => {
  const run = promisify(execFile);
  const folder = mkdtempSync(join(tmpdir(), 'towpath-openai-'));
  const python = join(folder, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  let missing: string | undefined;

  beforeAll(async () => {
    try {
      await run('python3', ['-m', 'venv', join(folder, 'venv')]);
      await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'openai==2.8.1']);
    } catch (error) {
      if (process.env['CI'] !== undefined) throw error;
      missing = `the Python client cannot be installed: ${String(error).slice(0, 300)}`;
      console.warn(`skipped: ${missing}`);
    }
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('speaks with it, plain and streamed', async (context) => {
    if (missing !== undefined) return context.skip(missing);
    const script = fileURLToPath(new URL('gateway-openai.py', import.meta.url));
    const { stdout } = await run(python, [script, `${gateway.url}/v1`]);
    expect(JSON.parse(stdout)).toEqual({
      models: ['towpath', 'tiny'],
      same: true,
      citations: true,
      finish: 'length',
      tokens: 8,
      missing: 404,
      empty: 400,
    });
  });
});
