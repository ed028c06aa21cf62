import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail, RunRecord } from '../../src/app/records/run.ts';
import { systemClock } from '../../src/core/clock.ts';
import { seededRandom } from '../../src/core/random.ts';
import { openStore } from '../../src/store/open.ts';
import { look, put } from '../product/client.ts';
import { endProject, json, run, start, type Command } from '../product/command.ts';
import { processesLeft, stepProcesses } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const question = 'Who is the keeper of the lock?';
const random = seededRandom(11);

/** Every artifact is what its digest says, nothing lies about, nobody is left. */
async function expectSound(project: TestProject): Promise<void> {
  expect(await processesLeft(project)).toEqual([]);
  expect(await readdir(project.path('.towpath/tmp'))).toEqual([]);
  const store = await openStore({ dir: project.path('.towpath'), clock: systemClock });
  try {
    await store.records.check();
    let verified = 0;
    for await (const { digest } of store.artifacts.list()) {
      await store.artifacts.open(digest);
      verified += 1;
    }
    expect(verified).toBeGreaterThanOrEqual(8);
  } finally {
    await store.close();
  }
}

/**
 * Kills the command while a step runs: once the step was told of and its process is there, a moment later. Gives false
 * when the step was quicker.
 */
async function killDuring(project: TestProject, command: Command, step: string): Promise<boolean> {
  const { run: id } = await command.event('step-started', (event) => event.step === step);
  for (let tries = 0; tries < 400 && (await stepProcesses(project)).length === 0; tries += 1) await sleep(5);
  // The last step ends its run: the signal must come while its process still starts, and may be too late.
  if (step !== 'release') await sleep(random() * 150);
  command.signal('SIGKILL');
  await command.finished;
  expect(await processesLeft(project)).toEqual([]);
  const { state, plan } = await json<RunDetail>(project, 'run', 'show', id);
  if (state === 'done') return false;
  expect(state).toBe('interrupted');
  return plan.find(({ name }) => name === step)?.state !== 'done';
}

describe('a project whose towpath is killed with SIGKILL', { timeout: 240_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
  });
  afterAll(() => endProject(project));

  // In this order each run takes up what the one before had finished, and is killed one step further.
  it.each([
    ['ingest', 'run'],
    ['model', 'up'],
    ['prepare', 'run'],
    ['index', 'up'],
    ['answer', 'run'],
    ['score', 'up'],
    ['gate', 'run'],
    ['release', 'up'],
  ])('during %s, leaves no process of it', async (step, command) => {
    let hit = await killDuring(project, start(project, [command, '--json']), step);
    // A step that was quicker than the signal is repeated, with those before it.
    for (let tries = 0; tries < 9 && !hit; tries += 1) {
      hit = await killDuring(project, start(project, ['run', '--from-scratch', '--json']), step);
    }
    expect(hit).toBe(true);
  });

  it('ends well the next time, with nothing damaged and nothing left over', async () => {
    const { exitCode, stdout, stderr } = await run(project, ['run']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('release r1');
    await expectSound(project);
    const runs = await json<RunRecord[]>(project, 'runs');
    expect(runs[0]?.state).toBe('done');
    expect(runs.slice(1).filter(({ state }) => state === 'interrupted').length).toBeGreaterThanOrEqual(8);
    expect(runs.filter(({ state }) => state !== 'interrupted' && state !== 'done')).toEqual([]);
  });

  it('leaves no process when it was serving, and its answers are right the next time', async () => {
    const killed = start(project, ['up', '--json']);
    const { url } = await killed.event('serving');
    expect((await put(url, question)).body.answer).toContain('Ada Thornbury');
    killed.signal('SIGKILL');
    await killed.finished;
    expect(await processesLeft(project)).toEqual([]);

    const next = start(project, ['up', '--json']);
    const { url: address } = await next.event('serving');
    expect((await put(address, question)).body).toMatchObject({ release: 'r1', declined: false });
    // And while a run goes on under it.
    await next.event('watching');
    await project.edit('docs/en/lock.md', 'opens at 7', 'opens at 8');
    await next.event('step-started', ({ step }) => step === 'index');
    next.signal('SIGKILL');
    await next.finished;
    expect(await processesLeft(project)).toEqual([]);

    const last = await run(project, ['run']);
    expect(last).toMatchObject({ exitCode: 0, stderr: '' });
    expect(last.stdout).toContain('release r2');
    await expectSound(project);
  });

  it('goes on answering when a replica is killed, and says whether it is ready', async () => {
    const up = start(project, ['up', '--no-watch', '--json']);
    const { url } = await up.event('serving');
    await up.event('run-finished');
    const replica = async () =>
      (await json<{ service?: { replicas: { pid: number; state: string }[] } }>(project, 'status')).service
        ?.replicas[0];
    const before = await replica();
    expect(before?.state).toBe('ready');
    const failed = up.mark;
    process.kill(before?.pid ?? 0, 'SIGKILL');
    for (let times = 0; times < 20; times += 1) {
      const { status, body } = await put(url, question);
      expect(status).toBe(200);
      expect(body.answer).toContain('Ada Thornbury');
      const ready = await look(url, '/readyz');
      expect([ready.status, ready.text]).toEqual([200, expect.stringContaining('r2')]);
    }
    await up.event('replica-failed', undefined, { from: failed });
    await up.event('replica-starting', undefined, { from: failed });
    let after = await replica();
    for (let tries = 0; tries < 20 && after?.state !== 'ready'; tries += 1) {
      await sleep(200);
      after = await replica();
    }
    expect(after?.state).toBe('ready');
    expect(after?.pid).not.toBe(before?.pid);
    expect((await up.stop()).exitCode).toBe(0);
    expect(await processesLeft(project)).toEqual([]);
  });

  it.each([
    ['a run that goes on', 'run', 1],
    ['an up that does not serve yet', 'up', 2],
  ])('Ctrl-C ends %s at once and leaves nothing', async (_, command, times) => {
    const fresh = await TestProject.create();
    try {
      const started = start(fresh, [command, '--json']);
      await started.event('step-started', ({ step }) => step === 'prepare');
      for (let signal = 0; signal < times; signal += 1) started.signal('SIGINT');
      const { exitCode, stderr } = await started.finished;
      expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
      expect(await processesLeft(fresh)).toEqual([]);
      const [last] = await json<RunRecord[]>(fresh, 'runs');
      expect(['cancelled', 'interrupted']).toContain(last?.state);
    } finally {
      await endProject(fresh);
    }
  });
});
