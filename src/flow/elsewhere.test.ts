import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { identifyProcess } from '../core/process-identity.ts';
import { openStore } from '../store/open.ts';
import type { FlowEvent } from './events.ts';
import { openFlow } from './flow.ts';
import type { PlanNode } from './plan.ts';
import type { StepKind } from './step.ts';
import { testProject, type TestProject } from './testing/project.ts';
// @ts-expect-error a fixture in plain JavaScript: steps run in processes without TypeScript
import * as fixture from './testing/steps.mjs';

const { step } = fixture as unknown as Record<'step', StepKind>;
const node = (text: string, sleep = 0): PlanNode => ({ name: 'only', kind: step, params: { text, sleep } });
const stranger = '4711-93402-abcdef01-4026531836-0123456789ab';

describe('a run of a machine that cannot be seen from here', () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await testProject();
  });
  afterEach(() => project.close());

  /** Puts a run on record that `engine` is taking through, and its claim on the only step of a plan. */
  const goingOn = async (text: string, engine: string, startedAt = Date.now()): Promise<string> => {
    const made = await project.run([node(text)]);
    const { plan, steps } = await project.flow.show(made.run);
    const key = steps[0]?.key as never;
    const { runs, results } = project.store.records;
    const labels = { host: 'barge' };
    const id = `run-far-${text}`;
    await runs.create({ id, plan, engine, startedAt, labels, steps: [{ name: 'only', kind: 'test.join' }] });
    await results.claim({ key, run: id, engine, at: startedAt });
    return id;
  };
  const reopen = () => {
    const { store, dir, stateDir } = project;
    return openFlow({ store, clock: systemClock, projectDir: dir, stateDir });
  };
  const waiting = async (events: FlowEvent[]): Promise<FlowEvent> => {
    for (;;) {
      const event = events.find(({ type }) => type === 'step-waiting');
      if (event) return event;
      await sleep(50);
    }
  };

  it('is never taken over; whoever waits for it is told where it is; given up, it makes way', async () => {
    const far = await goingOn('a', stranger);
    await mkdir(join(project.stateDir, 'tmp', `${stranger}.0123456789ab`));
    await reopen();
    expect((await project.flow.show(far)).status).toBe('running');
    const events: FlowEvent[] = [];
    const going = project.run([node('a')], { fromScratch: true, observer: (event) => events.push(event) });
    expect(await waiting(events)).toMatchObject({ on: far, elsewhere: 'barge' });
    expect(await project.executions()).toEqual(['a']);
    expect(await readdir(join(project.stateDir, 'tmp'))).toContain(`${stranger}.0123456789ab`);

    expect(await project.flow.giveUp(far, 'ann')).toBe('given up');
    expect((await going).status).toBe('done');
    expect(await project.flow.show(far)).toMatchObject({ status: 'interrupted' });
    expect((await project.flow.show(far)).error?.message).toContain('given up by ann: barge is gone');
    expect(await readdir(join(project.stateDir, 'tmp'))).toEqual([]);
    expect(await project.flow.giveUp(far, 'ann')).toBe('not running');
  });

  it('can be asked to stop', async () => {
    const far = await goingOn('a', stranger);
    expect(await project.flow.cancel(far, 'ann')).toBe('asked');
    expect(await project.store.records.runs.cancelAsked(far)).toBe('ann');
  });

  it('is interrupted when it is an earlier boot of this machine, whichever version wrote it', async () => {
    const [pid, started, , namespace, machine] = identifyProcess()?.split('-') ?? [];
    const past = Date.now() - uptime() * 1000 - 60_000;
    const now = await goingOn('a', [pid, started, 'abcdef01', namespace, machine].join('-'), past);
    const old = await goingOn('b', [pid, started, 'abcdef01'].join('-'), past);
    await reopen();
    for (const run of [now, old]) expect((await project.flow.show(run)).status).toBe('interrupted');
  });

  it('cannot be given up while it is alive here', async () => {
    const far = await goingOn('a', identifyProcess(process.ppid) ?? '');
    await expect(project.flow.giveUp(far, 'ann')).rejects.toMatchObject({ code: 'TOW_FLOW_RUN_ALIVE' });
  });

  it('commits nothing any more once its claim is gone', async () => {
    const events: FlowEvent[] = [];
    const going = project.run([node('slow', 1500)], { observer: (event) => events.push(event) });
    while (!events.some(({ type }) => type === 'step-started')) await sleep(50);
    const { id } = await project.flow.show('last');
    await project.store.records.results.releaseAll(id);
    expect((await going).error?.code).toBe('TOW_FLOW_CLAIM_LOST');
    expect((await project.run([node('slow')])).events.map(({ type }) => type)).toContain('step-started');
  });

  /** An engine in namespaces of its own: process ids, and with `bootId` also the name of the boot and of the machine. */
  const apart = async (bootId?: string) => {
    const program = new URL('../../test/chaos/flow-engine.mjs', import.meta.url).pathname;
    const engine = `exec "${process.execPath}" "${program}" "${project.dir}"`;
    const file = join(project.dir, 'boot-id');
    if (bootId !== undefined) await writeFile(file, `${bootId}\n`);
    const place = `hostname barge && mount --bind "${file}" /proc/sys/kernel/random/boot_id &&`;
    const args = ['--pid', '--fork', '--kill-child', '--mount-proc', '--uts', '--'];
    const script = bootId === undefined ? engine : `${place} ${engine}`;
    const child = spawn('unshare', [...args, 'sh', '-c', script], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    while ((await project.store.records.runs.list()).length === 0) await sleep(50);
    const end = async () => {
      child.kill('SIGKILL');
      await ended;
    };
    return end;
  };
  const canLiveApart = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
  const status = async () => (await project.flow.show('last')).status;

  it('is told apart from a dead one in another container of this machine by the lock it holds', async (test) => {
    if (!canLiveApart) return test.skip('namespaces can only be made by root');
    const end = await apart();
    await reopen();
    expect(await status()).toBe('running');
    await expect(project.flow.giveUp('last', 'ann')).rejects.toMatchObject({ code: 'TOW_FLOW_RUN_ALIVE' });
    await end();
    // What is inside ends a moment after `unshare` itself.
    for (let tries = 0; tries < 100 && (await status()) === 'running'; tries += 1) {
      await reopen();
      await sleep(100);
    }
    expect(await status()).toBe('interrupted');
    expect(await readdir(join(project.stateDir, 'run', 'engines'))).toEqual([]);
  });

  it('goes on undisturbed on another machine, even a copy of this one', async (test) => {
    if (!canLiveApart) return test.skip('namespaces can only be made by root');
    const end = await apart('12345678-0000-4000-8000-000000000000');
    const { id, engine } = await project.flow.show('last');
    expect(engine.split('-')[2]).toBe('12345678');
    for (let times = 0; times < 3; times += 1) {
      await reopen();
      await openStore({ dir: project.stateDir, clock: systemClock }).then((store) => store.close());
    }
    while ((await status()) === 'running') await sleep(100);
    expect(await project.flow.show(id)).toMatchObject({ status: 'done', labels: { host: 'barge' } });
    await end();
  });
});
