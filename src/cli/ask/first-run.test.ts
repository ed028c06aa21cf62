import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { FirstRun, ServiceProgress } from '../../contract/first-run.ts';
import { cli } from '../testing/capture.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const early: FirstRun = {
  state: 'running',
  run: 'run-1',
  ms: 10,
  steps: [
    { name: 'prepare', state: 'running', ms: 10 },
    { name: 'index', state: 'waiting' },
  ],
};
const done: FirstRun = {
  ...early,
  state: 'starting',
  ms: 4000,
  steps: [
    { name: 'prepare', state: 'done', ms: 1500 },
    { name: 'index', state: 'cached', ms: 1 },
  ],
  replica: { release: 'r1', replica: 1, of: 1 },
};
const answer = { answer: 'Yes.', declined: false, language: 'en', citations: [], release: 'r1', timings: {} };

/** A service whose release is live once its progress was read to the end. */
async function service(...progress: readonly ServiceProgress[]): Promise<string> {
  let live = false;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    if (request.url === '/v1/progress') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const each of progress) response.write(`event: progress\ndata: ${JSON.stringify(each)}\n\n`);
      live = progress.some(({ release }) => release !== undefined);
      response.end();
    } else if (live) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`event: answer\ndata: ${JSON.stringify(answer)}\n\n`);
    } else {
      const error = { message: 'no release is live yet', code: 'TOW_SERVE_GATEWAY_NOT_READY' };
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2' });
      response.end(JSON.stringify({ error }));
    }
  };
  const started = createServer(handle);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

test('shows how far the first run is, and then the answer', async () => {
  const url = await service({ firstRun: early }, { firstRun: done }, { release: 'r1' });
  const { exitCode, out, err } = await cli(['ask', 'Is it?', '--url', url]);
  expect(exitCode).toBe(0);
  expect(out.lines[0]).toBe('Yes.');
  expect(err.lines).toEqual([
    'run run-1 · 2 steps',
    '  prepare started',
    expect.stringMatching(/^✓ prepare +done · 1\.5 s$/),
    expect.stringMatching(/^✓ index +cached$/),
    '✓ run done in 4.0 s',
    '  starting replica 1 of 1 for r1',
  ]);
});

test('with --json the progress is events, apart from the answer', async () => {
  const url = await service({ firstRun: early }, { firstRun: done }, { release: 'r1' });
  const { out, err } = await cli(['ask', 'Is it?', '--url', url, '--json']);
  expect(JSON.parse(out.text)).toEqual(answer);
  const events = err.lines.map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events).toEqual([
    ...['run-started', 'step-started', 'step-finished', 'step-finished', 'run-finished'],
    'replica-starting',
  ]);
});

test('says why the first run failed, with the exit code of that', async () => {
  const error = {
    code: 'TOW_DATA_NO_FILES',
    kind: 'user',
    message: 'source "docs" matches no file',
  } as const;
  const url = await service({ firstRun: early }, { firstRun: { ...early, state: 'failed', error } });
  const { exitCode, out, err } = await cli(['ask', 'Is it?', '--url', url]);
  expect([exitCode, out.text]).toEqual([2, '']);
  expect(err.text).toContain('TOW_DATA_NO_FILES: source "docs" matches no file');
});

test.each([
  [
    'was cancelled',
    [{ firstRun: early }, { firstRun: { ...early, state: 'cancelled' } }] as const,
    'was cancelled',
  ],
  ['goes on in a service that stops', [{ firstRun: early }, {}] as const, 'no release is live yet'],
])('when the first run %s there is no answer', async (_, progress, told) => {
  const url = await service(...progress);
  const { exitCode, err } = await cli(['ask', 'Is it?', '--url', url]);
  expect(exitCode).toBe(2);
  expect(err.text).toContain(
    `TOW_CLI_ASK_REFUSED: ${told === 'was cancelled' ? 'the first run was cancelled' : told}`,
  );
});
