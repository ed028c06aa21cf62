import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import { BusyClient, look, put } from '../product/client.ts';
import { endProject, json, run, start, type Command } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const question = 'When was the lock at Marlow Bend built?';
const hours = 'At what hour does the lock open?';

describe('towpath up', { timeout: 120_000 }, () => {
  let project: TestProject;
  let up: Command;
  let url: string;

  beforeAll(async () => {
    project = await TestProject.create();
    up = start(project, ['up', '--json'], { within: 120_000 });
    ({ url } = await up.event('serving'));
    await up.event('watching');
  }, 120_000);
  afterAll(() => endProject(project));

  it('answers in another terminal with citations and the release', async () => {
    const { exitCode, stdout, stderr } = await run(project, ['ask', question]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/1794.*\[1\]/);
    expect(stdout).toContain('docs/en/lock.md');
    expect(stdout).toContain('r1');
    const chinese = await json<Awaited<ReturnType<typeof put>>['body']>(project, 'ask', '石桥建于哪一年？');
    expect(chinese).toMatchObject({ declined: false, language: 'zh', release: 'r1' });
    expect(chinese.answer).toContain('1688');
    expect(chinese.citations[0]?.source).toBe('docs/zh/bridge.md');
  });

  it('is what status tells of', async () => {
    const { service } = await json<StatusRecord>(project, 'status');
    expect(service).toMatchObject({ pid: up.pid, url, release: 'r1' });
    expect(service?.replicas).toMatchObject([{ state: 'ready', release: 'r1', busy: 0, slots: 2 }]);
  });

  it('refuses a second one on the project, naming the process and address of the first', async () => {
    const { exitCode, stderr } = await run(project, ['up']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('TOW_APP_ALREADY_RUNNING');
    expect(stderr).toContain(`process ${String(up.pid)} at ${url}`);
    expect((await look(url, '/readyz')).status).toBe(200);
  });

  it('moves to a new release after an edit, redoes only what depends on it and fails no request', async () => {
    const from = up.mark;
    const clients = [new BusyClient(url, [hours]), new BusyClient(url, ['茶馆的老板是谁？', hours])];
    await project.edit('docs/en/lock.md', 'opens at 7 in the morning', 'opens at 6 in the morning');
    await up.event('swapped', ({ from: old, to }) => old === 'r1' && to === 'r2', { from });
    const replies = (await Promise.all(clients.map((client) => client.stop()))).flat();
    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    for (const { body } of replies) {
      if (body.citations[0]?.source !== 'docs/en/lock.md') continue;
      expect(body.answer).toContain(body.release === 'r1' ? '7 in' : '6 in');
    }
    const after = await put(url, hours);
    expect(after.body.release).toBe('r2');
    expect(after.body.answer).toContain('6 in the morning');

    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    expect(plan.filter(({ state }) => state === 'cached').map(({ name }) => name)).toEqual(['model']);
    const reasons = Object.fromEntries(plan.map(({ name, reason }) => [name, reason]));
    expect(reasons).toMatchObject({ prepare: 'input documents changed', index: 'input dataset changed' });
  });

  it('is rolled back without a failed request, and an unchanged run leaves it rolled back', async () => {
    const client = new BusyClient(url, [hours]);
    const { exitCode, stdout } = await run(project, ['rollback']);
    const replies = await client.stop();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/r2 -> r1.*the running service has swapped/);
    expect(client.failures).toEqual([]);
    expect(replies.filter(({ status }) => status !== 200)).toEqual([]);
    const { body } = await put(url, hours);
    expect(body).toMatchObject({ release: 'r1' });
    expect(body.answer).toContain('7 in the morning');

    const again = await run(project, ['run']);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(
      /run done in .* · release r2, not live: r1 is\n~ r1 is live though r2 is newer/,
    );
    expect((await run(project, ['status'])).stdout).toMatch(
      /r1 is live though r2 is newer: .* rolled back at .*\n.*to make r2 live again: towpath rollback r2/,
    );
    expect(await json<StatusRecord>(project, 'status')).toMatchObject({
      live: { name: 'r1' },
      heldBack: { release: 'r1', newest: 'r2' },
      service: { release: 'r1' },
      lastRun: { release: 'r2' },
    });
  });

  it('tells of a project file that broke, serves on, and runs again when it is repaired', async () => {
    const from = up.mark;
    const good = await project.read('towpath.yaml');
    await project.write('towpath.yaml', good.replace('sources:', 'sorces:'));
    const { error } = await up.event('trouble', undefined, { from });
    expect(error.code).toBe('TOW_PROJECT_INVALID');
    expect((await put(url, question)).status).toBe(200);
    const repaired = up.mark;
    await project.write('towpath.yaml', good.replace('max_tokens: 24', 'max_tokens: 20'));
    const next = await up.event('run-finished', undefined, { from: repaired });
    expect(next).toMatchObject({ outcome: 'done', release: 'r3' });
    await up.event('swapped', ({ to }) => to === 'r3', { from: repaired });
    expect((await put(url, question)).body.release).toBe('r3');
  });

  it('ends well with Ctrl-C, leaving neither port nor process', async () => {
    const { exitCode, stderr } = await up.stop();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(up.events.at(-1)).toEqual({ event: 'stopped' });
    expect(await processesLeft(project)).toEqual([]);
    await expectFree(Number(new URL(url).port));
    expect((await json<StatusRecord>(project, 'status')).service).toBeUndefined();
  });

  it('does nothing twice when started again', async () => {
    const again = start(project, ['up', '--json']);
    const { url: address } = await again.event('serving');
    const finished = await again.event('run-finished');
    expect(finished).toMatchObject({ outcome: 'done', release: 'r3' });
    const outcomes = again.events.flatMap((event) =>
      event.event === 'step-finished' ? [event.outcome] : [],
    );
    expect(new Set(outcomes)).toEqual(new Set(['cached']));
    expect((await put(address, question)).body).toMatchObject({ release: 'r3', declined: false });

    // A second Ctrl-C while the first one's work goes on.
    again.signal('SIGINT');
    await again.event('stopping');
    again.signal('SIGINT');
    const { exitCode } = await again.finished;
    expect([0, 130]).toContain(exitCode);
    expect(await processesLeft(project)).toEqual([]);
    await expectFree(Number(new URL(address).port));
  });

  it('names the port that another program holds, and the way out', async () => {
    const foreign = createServer().listen(0, '127.0.0.1');
    await once(foreign, 'listening');
    const port = String((foreign.address() as AddressInfo).port);
    try {
      const { exitCode, stderr } = await run(project, ['up', '--port', port]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('TOW_SERVE_GATEWAY_PORT_IN_USE');
      expect(stderr).toContain(port);
      expect(stderr).toContain('--port');
      expect(await processesLeft(project)).toEqual([]);
    } finally {
      foreign.close();
    }
  });

  it('stops at a broken project file before anything starts, with its place', async () => {
    await project.edit('towpath.yaml', 'max_tokens: 20', 'max_tokens: many');
    for (const command of ['up', 'run']) {
      const { exitCode, stdout, stderr } = await run(project, [command]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/towpath\.yaml:13:15 qa\.max_tokens: .*many/);
    }
  });
});

/** The port can be listened on: nobody holds it. */
async function expectFree(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
}
