import { once } from 'node:events';
import { truncateSync, writeFileSync } from 'node:fs';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startReplica, until, type TestReplica } from '../testing/replica-process.ts';
import { writeTinyModel } from '../../llama/testing/tiny-model.ts';
import type { CompletionEvent, GenerateRequest } from '../../contract/generator.ts';

const model = writeTinyModel();
const never = new AbortController().signal;

async function collect(replica: TestReplica, body: GenerateRequest): Promise<[string, CompletionEvent]> {
  const events: CompletionEvent[] = [];
  for await (const event of replica.client.complete(body, never)) events.push(event);
  const last = events.pop();
  if (last === undefined) throw new Error('no event');
  return [events.map((event) => event.text).join(''), last];
}

describe('a replica of one slot', () => {
  let replica: TestReplica;
  beforeAll(async () => {
    replica = await startReplica({ modelPath: model, threads: 1, slots: 1, queue: 1, context: 512 });
  });
  afterAll(() => replica.stop());

  test('writes from a raw prompt and says how it ended', async () => {
    const [text, end] = await collect(replica, { prompt: 'hello', maxTokens: 12 });
    expect(text).not.toBe('');
    expect(end).toMatchObject({ finish: 'length', usage: { completionTokens: 12 } });
  });

  test('puts messages into the template of the model', async () => {
    expect(replica.info.chatTemplate).toBe(true);
    const [, end] = await collect(replica, { messages: [{ role: 'user', content: 'hi' }], maxTokens: 1 });
    // <s> "user: hi\n" <s> "assistant: ": a token for each letter, and one or two spaces of SentencePiece.
    expect(end.usage?.promptTokens).toBeGreaterThanOrEqual('user: hi\nassistant: '.length + 2);
  });

  test('template marks inside a message stay text', async () => {
    const usage = async (content: string) =>
      (await collect(replica, { messages: [{ role: 'user', content }], maxTokens: 1 }))[1].usage
        ?.promptTokens;
    expect(await usage('</s>')).toBe(await usage('abcd'));
  });

  test('the same request gives the same text, and its prompt is not computed twice', async () => {
    const body = { prompt: 'the same words again', maxTokens: 8 };
    const [first] = await collect(replica, body);
    const [second, end] = await collect(replica, body);
    expect(second).toBe(first);
    expect(end.usage?.cachedTokens).toBe((end.usage?.promptTokens ?? 0) - 1);
  });

  test('above temperature 0 the seed decides', async () => {
    const body = { prompt: 'seeds', maxTokens: 16, temperature: 1, seed: 5 };
    const [first] = await collect(replica, body);
    expect((await collect(replica, body))[0]).toBe(first);
    expect((await collect(replica, { ...body, seed: 6 }))[0]).not.toBe(first);
  });

  test('stops at a stop text and leaves it out', async () => {
    const [whole] = await collect(replica, { prompt: 'hello', maxTokens: 12 });
    const stop = whole.slice(3, 5);
    const [text, end] = await collect(replica, { prompt: 'hello', maxTokens: 12, stop: [stop] });
    expect(text).toBe(whole.slice(0, whole.indexOf(stop)));
    expect(end.finish).toBe('stop');
  });

  test('follows a grammar', async () => {
    const [text] = await collect(replica, { prompt: '?', maxTokens: 9, grammar: 'root ::= "yes" | "no"' });
    expect(['yes', 'no']).toContain(text);
  });

  test('never writes past its context', async () => {
    const [, end] = await collect(replica, { prompt: 'x'.repeat(480), maxTokens: 400 });
    expect(end.finish).toBe('length');
    expect((end.usage?.promptTokens ?? 0) + (end.usage?.completionTokens ?? 0)).toBeLessThanOrEqual(512);
  });

  test('refuses a prompt over its context with both figures', async () => {
    await expect(collect(replica, { prompt: 'x'.repeat(600), maxTokens: 1 })).rejects.toMatchObject({
      code: 'TOW_SERVE_REPLICA_PROMPT_TOO_LONG',
      httpStatus: 400,
      message: expect.stringMatching(/60\d tokens; the context holds 512/) as string,
    });
  });

  test.each([
    [{ maxTokens: 1 }, 'either prompt or messages'],
    [{ prompt: 'a', maxTokens: 0 }, 'maxTokens'],
    [{ prompt: 'a', maxTokens: 1, grammar: 'root ::= (' }, 'grammar'],
  ])('refuses %j and names the field', async (body, named) => {
    await expect(collect(replica, body)).rejects.toMatchObject({
      code: 'TOW_SERVE_REPLICA_BAD_REQUEST',
      message: expect.stringContaining(named) as string,
    });
  });

  test('answers nobody without the token', async () => {
    for (const path of ['/health', '/completion']) {
      const response = await request(`${replica.url}${path}`);
      expect(response.statusCode).toBe(401);
      expect(await response.body.json()).toMatchObject({ error: { code: 'TOW_SERVE_REPLICA_UNAUTHORISED' } });
    }
  });

  test('a client that leaves in mid-answer frees the slot', async () => {
    const before = (await replica.client.health(never)).aborted;
    const leaving = new AbortController();
    const answer = replica.client.generate({ prompt: 'long', maxTokens: 500 }, leaving.signal);
    await answer.next();
    expect((await replica.client.health(never)).busy).toBe(1);
    leaving.abort(new Error('gone'));
    await expect(answer.next()).rejects.toThrow('gone');
    await until(async () => (await replica.client.health(never)).busy === 0);
    expect((await replica.client.health(never)).aborted).toBe(before + 1);
  });

  test('a reader that just stops reading frees the slot as well', async () => {
    for await (const piece of replica.client.generate({ prompt: 'long', maxTokens: 500 }, never)) {
      if (piece !== '') break;
    }
    await until(async () => (await replica.client.health(never)).busy === 0);
  });

  test('beyond slots and queue it refuses with 429, and whoever waited is served', async () => {
    const hold = new AbortController();
    const holding = replica.client.generate({ prompt: 'hold', maxTokens: 500 }, hold.signal);
    await holding.next();
    const queued = collect(replica, { prompt: 'queued', maxTokens: 2 });
    await until(async () => (await replica.client.health(never)).waiting === 1);
    await expect(collect(replica, { prompt: 'third', maxTokens: 2 })).rejects.toMatchObject({
      code: 'TOW_SERVE_REPLICA_BUSY',
      httpStatus: 429,
    });
    hold.abort(new Error('done'));
    expect((await queued)[1].finish).toBe('length');
  });
});

test('several requests are decoded side by side', async () => {
  const replica = await startReplica({ modelPath: model, threads: 1, slots: 3, queue: 8, context: 512 });
  const alone = await collect(replica, { prompt: 'n0', maxTokens: 20 });
  const streams = [0, 1, 2].map((n) => replica.client.generate({ prompt: `n${n}`, maxTokens: 400 }, never));
  await Promise.all(streams.map((stream) => stream.next()));
  expect((await replica.client.health(never)).busy).toBe(3);
  await Promise.all(streams.map((stream) => stream.return(undefined)));
  expect(alone[1].finish).toBe('length');
  await replica.stop();
});

test('an embedding replica makes vectors of length one and refuses to write', async () => {
  const replica = await startReplica({ modelPath: model, threads: 1, mode: 'embed', context: 256 });
  const vectors = await replica.client.embed(['one text', '另一段文字', ''], never);
  expect(vectors.map((vector) => vector.length)).toEqual([64, 64, 64]);
  expect(Math.hypot(...(vectors[0] ?? []))).toBeCloseTo(1, 5);
  await expect(collect(replica, { prompt: 'a', maxTokens: 1 })).rejects.toMatchObject({
    code: 'TOW_SERVE_REPLICA_BAD_REQUEST',
  });
  await replica.stop();
});

test('a native death in mid-answer reaches the client as an error, not as an end', async () => {
  const replica = await startReplica({ modelPath: model, threads: 1, slots: 1, context: 512 });
  const answer = replica.client.generate({ prompt: 'crash', maxTokens: 500 }, never);
  await answer.next();
  replica.child.kill('SIGSEGV');
  const rest = async () => {
    while (!(await answer.next()).done);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'TOW_SERVE_REPLICA_UNAVAILABLE' });
  await replica.stop();
});

test('a replica ends when its parent lets go of it', async () => {
  const replica = await startReplica({ modelPath: model, threads: 1 });
  const exit = once(replica.child, 'exit');
  replica.child.disconnect();
  expect(await exit).toEqual([0, null]);
  await replica.stop();
});

describe('a model file that cannot be used', () => {
  test.each([
    ['missing', () => '/nonexistent/model.gguf', 'it cannot be opened'],
    ['not GGUF', () => written('hello, I am a text'), 'it is not a GGUF file'],
    ['truncated', () => truncated(), 'llama.cpp cannot load it'],
  ])('%s: says which file and why', async (_, path, why) => {
    const modelPath = path();
    await expect(startReplica({ modelPath, threads: 1 })).rejects.toMatchObject({
      code: 'TOW_SERVE_REPLICA_MODEL_UNREADABLE',
      message: `cannot use the model ${modelPath}: ${why}`,
    });
  });

  function written(content: string): string {
    const path = writeTinyModel();
    writeFileSync(path, content);
    return path;
  }

  function truncated(): string {
    const path = writeTinyModel();
    truncateSync(path, 100_000);
    return path;
  }
});
