import { afterAll, beforeAll, expect, test } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { verbatim } from '../../core/messages/message.ts';
import type { Completer, CompletionEvent, GenerateRequest } from '../../contract/generator.ts';
import { events, get, post, snapshot, startGateway } from '../testing/gateway.ts';
import type { Gateway } from '../gateway.ts';

/** Says what it was asked, and can fail after its first word. */
const parrot: Completer & { last?: GenerateRequest } = {
  async *complete(request): AsyncGenerator<CompletionEvent> {
    this.last = request;
    const said = request.messages?.at(-1)?.content ?? '';
    for (const word of said.split(/(?<= )/)) {
      if (word === 'crash')
        throw new TowpathError('TOW_SERVE_REPLICA_UNAVAILABLE', verbatim('the replica ended'));
      yield await Promise.resolve({ text: word });
    }
    yield { finish: 'stop', usage: { promptTokens: 7, cachedTokens: 3, completionTokens: 2 } };
  },
};

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway(
    {},
    snapshot({ generator: { name: 'org/Parrot-1', model: parrot, context: 512 } }),
  );
});
afterAll(() => gateway.close(0));

const messages = (content: unknown) => [{ role: 'user', content }];
const chat = (body: object) => post(gateway, '/v1/chat/completions', body);
const chunks = async (body: object) => {
  const response = await chat({ ...body, stream: true });
  return events(await response.body.text()).map(([, data]) => data);
};

test('lists the service and the model, and shows each by a name with a slash', async () => {
  const list = (await (await get(gateway, '/v1/models')).body.json()) as { data: { id: string }[] };
  expect(list.data.map((model) => model.id)).toEqual(['towpath', 'org/Parrot-1']);
  for (const path of ['org/Parrot-1', 'org%2FParrot-1']) {
    const model = await (await get(gateway, `/v1/models/${path}`)).body.json();
    expect(model).toEqual({
      id: 'org/Parrot-1',
      object: 'model',
      created: 1_700_000_000,
      owned_by: 'towpath',
    });
  }
});

test('the service answers the last question of the user, with its citations beside', async () => {
  const response = await chat({
    model: 'towpath',
    messages: [...messages('Hello'), { role: 'assistant', content: 'Hi' }, ...messages('Which port?')],
  });
  expect(await response.body.json()).toMatchObject({
    object: 'chat.completion',
    model: 'towpath',
    choices: [{ index: 0, message: { role: 'assistant', content: /7411/ }, finish_reason: 'stop' }].map(
      (choice) => ({
        ...choice,
        message: { role: 'assistant', content: expect.stringMatching('7411') as string },
      }),
    ),
    towpath: { declined: false, citations: [{ n: 1 }], release: 'r1' },
  });
});

test('streamed, its sentences make the very answer', async () => {
  for (const asked of ['Which port?', '哪个端口？', 'Who?']) {
    const body = { model: 'towpath', messages: messages(asked) };
    const whole = (await (await chat(body)).body.json()) as { choices: { message: { content: string } }[] };
    const data = await chunks(body);
    expect(data.pop()).toBe('[DONE]');
    const parsed = data.map((text) => JSON.parse(text) as { choices: { delta: { content?: string } }[] });
    const streamed = parsed.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(streamed).toBe(whole.choices[0]?.message.content);
  }
});

test('a stream keeps id, time and model, begins with the role and ends with the reason', async () => {
  const data = await chunks({
    model: 'org/Parrot-1',
    messages: messages('one two'),
    stream_options: { include_usage: true },
  });
  expect(data.pop()).toBe('[DONE]');
  const parsed = data.map((text) => JSON.parse(text) as Record<string, never>);
  const heads = new Set(
    parsed.map(({ id, created, model, object }) => JSON.stringify([id, created, model, object])),
  );
  expect(heads.size).toBe(1);
  expect(parsed.map((chunk) => chunk['choices'])).toEqual([
    [{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }],
    [{ index: 0, delta: { content: 'one ' }, logprobs: null, finish_reason: null }],
    [{ index: 0, delta: { content: 'two' }, logprobs: null, finish_reason: null }],
    [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
    [],
  ]);
  expect(parsed.at(-1)?.['usage']).toEqual({
    prompt_tokens: 7,
    completion_tokens: 2,
    total_tokens: 9,
    prompt_tokens_details: { cached_tokens: 3 },
  });
});

test('without being asked it sends no usage', async () => {
  const data = await chunks({ model: 'org/Parrot-1', messages: messages('one') });
  expect(data.join('\n')).not.toContain('usage');
});

test('a failure in mid-stream is told, and not followed by [DONE]', async () => {
  const data = await chunks({ model: 'org/Parrot-1', messages: messages('one crash') });
  expect(data).toHaveLength(3);
  expect(JSON.parse(data.at(-1) ?? '')).toEqual({
    error: {
      message: 'the replica ended',
      type: 'server_error',
      param: null,
      code: 'TOW_SERVE_REPLICA_UNAVAILABLE',
    },
  });
});

test('a failure before the first word has a status', async () => {
  const response = await chat({ model: 'org/Parrot-1', messages: messages('crash'), stream: true });
  expect(response.statusCode).toBe(503);
});

test('hands the model what the request says, whichever name it uses', async () => {
  await chat({
    model: 'org/Parrot-1',
    messages: [
      { role: 'developer', content: 'be brief' },
      ...messages([
        { type: 'text', text: 'hi ' },
        { type: 'text', text: 'you' },
      ]),
    ],
    max_completion_tokens: 9,
    temperature: 0.5,
    top_p: 0.9,
    seed: -1,
    stop: 'END',
    user: 'someone',
  });
  expect(parrot.last).toEqual({
    messages: [
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'hi you' },
    ],
    maxTokens: 9,
    temperature: 0.5,
    topP: 0.9,
    seed: 0xffff_ffff,
    stop: ['END'],
  });
});

test.each([
  [{ model: 'gpt-5' }, 404, 'model'],
  [{ messages: [] }, 400, 'messages'],
  [{ messages: messages([{ type: 'image_url', image_url: { url: 'x' } }]) }, 400, 'messages.0.content'],
  [{ messages: [{ role: 'assistant', content: 'only I speak' }] }, 400, 'messages'],
  [{ n: 2 }, 400, 'n'],
  [{ tools: [{ type: 'function' }] }, 400, 'tools'],
  [{ response_format: { type: 'json_object' } }, 400, 'response_format'],
  [{ temperature: 9 }, 400, 'temperature'],
])('refuses %j and names the field', async (part, status, param) => {
  const response = await chat({ model: 'towpath', messages: messages('Which port?'), ...part });
  expect(response.statusCode).toBe(status);
  expect(await response.body.json()).toMatchObject({ error: { param } });
});

test('measures the model by its name and release', async () => {
  await (await chat({ model: 'org/Parrot-1', messages: messages('one two') })).body.dump();
  const text = await (await get(gateway, '/metrics')).body.text();
  const labels = 'gen_ai_operation_name="chat",gen_ai_request_model="org/Parrot-1",release="r1"';
  expect(text).toContain(`gen_ai_server_time_to_first_token_seconds_count{${labels}}`);
  expect(text).toContain(`gen_ai_client_token_usage_sum{${labels},gen_ai_token_type="input"}`);
});
