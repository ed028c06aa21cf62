import { createServer, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../contract/answer.ts';
import { cli } from '../testing/capture.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function service(answer: (response: ServerResponse, body: string) => void): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(response, body));
  });
  const started = server;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

const answer: Answer = {
  answer: '运行 towpath rollback。 [1]',
  declined: false,
  language: 'zh',
  citations: [
    {
      n: 1,
      source: 'docs/回滚.md',
      heading: '发布 > 回滚',
      text: '用 towpath rollback 回到上一个版本。\n它立即生效。',
    },
  ],
  release: 'r3',
  timings: { total: 12.4 },
};

function stream(response: ServerResponse, ...events: [string, unknown][]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [event, data] of events) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  response.end();
}

describe('towpath ask', () => {
  it('prints the sentences, the numbered citations and the release', async () => {
    let asked = '';
    const url = await service((response, body) => {
      asked = body;
      stream(response, ['sentence', { text: '运行 towpath rollback。', citations: [1] }], ['answer', answer]);
    });
    const { exitCode, out } = await cli(['ask', '如何回滚？', '--url', url]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(asked)).toEqual({ question: '如何回滚？', stream: true });
    expect(out.lines).toEqual([
      '运行 towpath rollback。 [1]',
      '',
      '[1] docs/回滚.md › 发布 > 回滚',
      '    用 towpath rollback 回到上一个版本。 它立即生效。',
      '',
      'release r3 · 12 ms',
    ]);
  });

  it('prints the whole answer as JSON with --json, and exits with 0 when it was declined', async () => {
    const url = await service((response) =>
      stream(response, ['answer', { ...answer, declined: true, citations: [] }]),
    );
    const { exitCode, out } = await cli(['ask', 'x', '--url', url, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out.text)).toMatchObject({ declined: true, release: 'r3' });
  });

  it('shows an answer and its passages as text, each passage under its own place', async () => {
    const steer = '\u001b[2J\u001b]0;title\u0007\u202e';
    const place = { source: `a${steer}.md\n[2] forged.md`, heading: `B${steer}\n[3] forged` };
    const citations = [{ n: 1, ...place, text: `word ${steer}`.repeat(500) }];
    const url = await service((response) =>
      stream(
        response,
        ['sentence', { text: `It is${steer} so.`, citations: [1] }],
        ['answer', { ...answer, citations }],
      ),
    );
    const { out } = await cli(['ask', 'x', '--url', url]);
    expect(out.text).not.toMatch(/[\u001b\u0007\u202e]|title/);
    expect(out.lines.filter((line) => /^\[\d\]/.test(line))).toHaveLength(1);
    expect(out.lines.length).toBeLessThan(10);
    for (const line of out.lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('reads the question from the standard input for -', async () => {
    let asked = '';
    const url = await service((response, body) => {
      asked = body;
      stream(response, ['answer', answer]);
    });
    await cli(['ask', '-', '--url', url], { input: '  What is a gate?\n' });
    expect(JSON.parse(asked)).toMatchObject({ question: 'What is a gate?' });
    expect((await cli(['ask', '-', '--url', url], { input: '\n' })).exitCode).toBe(2);
  });

  it('says how long to wait when the service is busy', async () => {
    const url = await service((response) =>
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '3' })
        .end(JSON.stringify({ error: { message: 'the queue is full', type: 'x', param: null, code: 'y' } })),
    );
    const { exitCode, err } = await cli(['ask', 'x', '--url', url]);
    expect(exitCode).toBe(2);
    expect(err.text).toContain('TOW_CLI_ASK_REFUSED: the queue is full');
    expect(err.text).toContain('try again in 3 s');
  });

  it('says in Chinese what the refusal means, before the words of the service', async () => {
    const error = { message: '9 requests wait', type: 'x', param: null, code: 'TOW_SERVE_GATEWAY_BUSY' };
    const url = await service((response) =>
      response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify({ error })),
    );
    const { err } = await cli(['ask', 'x', '--url', url, '--lang', 'zh']);
    expect(err.text).toContain('错误 TOW_CLI_ASK_REFUSED: 服务繁忙：9 requests wait');
  });

  it('asks for refusals in the language of its reader, in English for programs', async () => {
    const languages: unknown[] = [];
    server = createServer((request, response) => {
      languages.push(request.headers['accept-language']);
      const error = { message: '问题为空', type: 'x', param: null, code: 'TOW_SERVE_QA_QUESTION_EMPTY' };
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    const started = server;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
    const { err } = await cli(['ask', 'x', '--url', url, '--lang', 'zh']);
    expect(err.text).toContain('错误 TOW_CLI_ASK_REFUSED: 问题为空\n');
    await cli(['ask', 'x', '--url', url, '--lang', 'zh', '--json']);
    await cli(['ask', 'x', '--url', url, '--lang', 'en']);
    expect(languages).toEqual(['zh', 'en', 'en']);
  });

  it('tells a stream that broke off, and an error in it', async () => {
    const cut = await service((response) => stream(response, ['sentence', { text: 'a', citations: [] }]));
    expect((await cli(['ask', 'x', '--url', cut])).err.text).toContain('TOW_CLI_ANSWER_BROKEN');
    server?.close();
    const failed = await service((response) =>
      stream(response, ['error', { error: { message: 'the model failed' } }]),
    );
    expect((await cli(['ask', 'x', '--url', failed])).err.text).toContain(
      'TOW_CLI_ASK_REFUSED: the model failed',
    );
  });

  it('says how to start a service when none answers, or something else does', async () => {
    const other = await service((response) => response.end('hello'));
    expect((await cli(['ask', 'x', '--url', other])).err.text).toContain('is no Towpath service');
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    const { exitCode, err } = await cli(['ask', 'x', '--url', other]);
    expect(exitCode).toBe(2);
    expect(err.text).toMatch(/TOW_CLI_NO_SERVICE: nothing answers at[\s\S]+towpath up/);
  });

  it('says what was answered where something else speaks, and none of the words of OpenSSL', async () => {
    const plain = await service((response) => response.end('hello'));
    const secure = (await cli(['ask', 'x', '--url', plain.replace('http:', 'https:')])).err.text;
    expect(secure).toMatch(/does not speak https\n {2}fix: name it with http:\/\/ in front\n$/);
    const mute = createTcpServer((socket) => socket.end('220 mail.example\r\n'));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    expect((await cli(['ask', 'x', '--url', `127.0.0.1:${port}`])).err.text).toContain(
      'is no Towpath service',
    );
    mute.close();
  });

  it('refuses an address with a path, which it would not ask', async () => {
    const { exitCode, err } = await cli(['ask', 'x', '--url', 'http://127.0.0.1:7411/foo']);
    expect(exitCode).toBe(2);
    expect(err.text).toContain('without a path');
  });

  it('says beside the answer whom it asks where the folder holds no project, and nothing else does', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'towpath-ask-'));
    const { err } = await cli(['ask', 'x'], { cwd });
    expect(err.text).toContain('this folder holds no project: asking the service at http://127.0.0.1:7411\n');
    expect((await cli(['ask', 'x', '--json'], { cwd })).err.text).toBe('');
    const url = await service((response) => stream(response, ['answer', answer]));
    expect((await cli(['ask', 'x', '--url', url], { cwd })).err.text).toBe('');
    await rm(cwd, { recursive: true });
  });

  it('says that a question of several words is put in quotes', async () => {
    const { exitCode, err } = await cli(['ask', 'what', 'is', 'a', 'gate']);
    expect(exitCode).toBe(2);
    expect(err.text).toContain('write it in quotes');
  });
});
