import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../src/core/deadline.ts';
import { look, put } from '../product/client.ts';
import { endProject, start, type Command } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

describe('what clients may send to a running service', { timeout: 120_000 }, () => {
  let project: TestProject;
  let up: Command;
  let url: string;
  beforeAll(async () => {
    project = await TestProject.create();
    up = start(project, ['up', '--no-watch', '--json'], { within: 200_000 });
    ({ url } = await up.event('serving'));
  }, 120_000);
  afterAll(() => endProject(project));

  it.each([
    ['empty', ''],
    ['of spaces', ' \n\t '],
  ])('a question that is %s is refused in words', async (_, question) => {
    const { status, body } = await put(url, question);
    expect(status).toBe(400);
    expect(body.error?.message).toMatch(/question/);
    expect(body.error?.code).toMatch(/^TOW_SERVE_/);
  });

  it.each([
    ['of 1 MB', 1_000_000, 413],
    ['of more than a body may have', 2_000_000, 413],
  ])('a question %s is refused, and the service goes on', async (_, length, wanted) => {
    const { status, body } = await put(url, 'When was the lock built? '.repeat(length / 25));
    expect(status).toBe(wanted);
    expect(body.error?.message).toMatch(/\d/);
    expect((await put(url, 'Who is the keeper of the lock?')).status).toBe(200);
  });

  it.each([
    ['one emoji after the other', '🦆🔒❓'],
    ['fifty families', '👩‍👩‍👧‍👦'.repeat(50)],
    ['characters that are not seen', '\u0000\u202e?'],
    ['half a character', '\ud800 lone'],
  ])('a question of %s is declined, not answered with anything', async (_, question) => {
    const { status, body } = await put(url, question);
    expect(status).toBe(200);
    expect(body).toMatchObject({ declined: true, citations: [], release: 'r1' });
    expect(body.answer).not.toBe('');
  });

  it('a client that leaves in mid-answer frees its slot', async () => {
    // More of them than there are slots: one slot that stays taken and the last would wait for it.
    for (let client = 0; client < 6; client += 1) {
      const leaving = new AbortController();
      const response = await complete(url, { max_tokens: 1500, stream: true }, leaving.signal);
      expect(response.status).toBe(200);
      const reader = response.body?.getReader();
      const { done } = (await reader?.read()) ?? { done: true };
      expect(done).toBe(false);
      leaving.abort();
    }
    const both = [1, 2].map(() =>
      withDeadline(20_000, undefined, (signal) => complete(url, { max_tokens: 4 }, signal)),
    );
    for (const response of await Promise.all(both)) expect(response.status).toBe(200);
    let text = '';
    for (let tries = 0; tries < 50 && !/http_response_status_code="499"/.test(text); tries += 1) {
      ({ text } = await look(url, '/metrics'));
      await sleep(100);
    }
    expect(text).toMatch(/http_server_request_duration_seconds_count\{[^}]*"499"[^}]*\} 6/);
    expect(text).toMatch(/^http_server_active_requests 0$/m);
  });

  it('has lost nothing by all that', async () => {
    expect((await look(url, '/readyz')).status).toBe(200);
    const { body } = await put(url, '石桥建于哪一年？');
    expect(body.answer).toContain('1688');
    expect(up.events.filter(({ event }) => event === 'trouble' || event === 'replica-failed')).toEqual([]);
    expect(await up.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await processesLeft(project)).toEqual([]);
  });
});

function complete(url: string, body: Record<string, unknown>, signal: AbortSignal): Promise<Response> {
  return fetch(new URL('/v1/chat/completions', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: 'Write.' }], ...body }),
    signal,
  });
}
