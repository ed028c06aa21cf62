import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Digest } from '../../src/core/digest.ts';
import type { ErrorRecord } from '../../src/core/errors/towpath-error.ts';
import { seededRandom } from '../../src/core/random.ts';
import { openStore } from '../../src/store/open.ts';

/*
 * Engines and steps are killed at random moments, and the next run must make it good. The engine is a process of its
 * own that runs what `npm run build` made.
 */

interface Answer {
  readonly status: string;
  readonly text?: Digest;
  readonly error?: ErrorRecord;
  readonly steps?: readonly (readonly [string, string])[];
}

const expected = (layer: number, at: number): string =>
  layer === 0
    ? `s0${String(at)}`
    : `s${String(layer)}${String(at)}(${expected(layer - 1, at)}(${expected(layer - 1, (at + 1) % 3)}))`;
const whole = `end(${[0, 1, 2].map((at) => expected(3, at)).join('(')})))`;

describe('a project whose processes are killed', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-chaos-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const engine = (mode = 'graph'): { child: ChildProcess; answer: Promise<Answer | undefined> } => {
    const program = new URL('./flow-engine.mjs', import.meta.url).pathname;
    const child = spawn(process.execPath, [program, dir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const answer = new Promise<Answer | undefined>((resolve) => {
      child.once('close', () => resolve(text === '' ? undefined : (JSON.parse(text) as Answer)));
    });
    return { child, answer };
  };

  /** Step processes of this project: they work in a folder below it. */
  const stepProcesses = async (): Promise<number[]> => {
    const found: number[] = [];
    for (const pid of (await readdir('/proc')).map(Number).filter((value) => value > 0)) {
      const cwd = await readlink(`/proc/${String(pid)}/cwd`).catch(() => '');
      if (cwd.startsWith(dir)) found.push(pid);
    }
    return found;
  };

  const nobodyIsLeft = async (): Promise<boolean> => {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await stepProcesses()).length === 0) return true;
      await sleep(50);
    }
    return false;
  };

  /** Every output right, nothing that had finished run again, nobody and nothing left behind. Gives the runs' ends. */
  const expectWhole = async (answer: Answer | undefined): Promise<string[]> => {
    const ends: string[] = [];
    expect(answer).toMatchObject({ status: 'done' });
    const store = await openStore({ dir: join(dir, '.towpath'), clock: systemClock });
    try {
      const path = await store.artifacts.open(answer?.text as Digest);
      expect(await readFile(path, 'utf8')).toBe(whole);
      const made: string[] = [];
      for (const run of await store.records.runs.list()) {
        ends.push(run.status);
        for (const { name, status } of await store.records.runs.steps(run.id))
          if (status === 'done') made.push(name);
      }
      expect(made.length).toBe(13);
      expect(new Set(made).size).toBe(13);
      await store.records.check();
    } finally {
      await store.close();
    }
    expect(await readdir(join(dir, '.towpath/tmp'))).toEqual([]);
    expect(await nobodyIsLeft()).toBe(true);
    expect(ends).not.toContain('running');
    return ends;
  };

  it.each([1, 2, 3])(
    'goes on after its engine was killed at random moments (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      for (let kills = 0; kills < 4; kills += 1) {
        const { child, answer } = engine();
        await Promise.race([answer, sleep(400 + random() * 1600)]);
        child.kill('SIGKILL');
        await answer;
      }
      expect(await nobodyIsLeft()).toBe(true);
      await expectWhole(await engine().answer);
    },
    120_000,
  );

  it.each([4, 5])(
    'goes on after steps were killed at random moments (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      let last: Answer | undefined;
      for (let runs = 0; runs < 6 && last?.status !== 'done'; runs += 1) {
        const { answer } = engine();
        let ended = false as boolean;
        void answer.then(() => (ended = true));
        for (let kills = 0; kills < 3 && !ended;) {
          await sleep(50 + random() * 300);
          const [pid] = await stepProcesses();
          if (pid === undefined || runs > 3) {
            if (runs > 3) break;
            continue;
          }
          kills += 1;
          try {
            process.kill(pid, 'SIGKILL');
          } catch {
            // it ended just now
          }
        }
        last = await answer;
        if (last?.status !== 'done') expect(last?.error?.code).toBe('TOW_FLOW_STEP_KILLED');
      }
      await expectWhole(last);
    },
    120_000,
  );

  it('computes each step once when several engines run at the same time, none waiting for ever', async () => {
    const answers = await Promise.all([engine().answer, engine().answer, engine().answer]);
    expect(answers.map((answer) => answer?.error ?? answer?.status)).toEqual(['done', 'done', 'done']);
    await expectWhole(answers[0]);
  }, 60_000);

  it('says that its database is damaged', async () => {
    await mkdir(join(dir, '.towpath'));
    await writeFile(join(dir, '.towpath/towpath.db'), 'no database '.repeat(1000));
    expect(await engine().answer).toMatchObject({
      status: 'threw',
      error: { code: 'TOW_STORE_DATABASE_CORRUPT' },
    });
  });

  it('says that the disk is full, and goes on when it no longer is', async (test) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]);
    if (mounted.status !== 0) return test.skip('a small file system can only be mounted by root');
    try {
      const full = await engine('big').answer;
      expect(full).toMatchObject({
        status: 'failed',
        error: { code: 'TOW_STORE_DISK_FULL', kind: 'environment' },
      });
      expect(await readdir(join(dir, '.towpath/tmp'))).toEqual([]);
      spawnSync('mount', ['-o', 'remount,size=64m', dir]);
      const answer = await engine('big').answer;
      expect(answer?.steps).toEqual(
        expect.arrayContaining([
          ['before', 'cached'],
          ['big', 'done'],
        ]),
      );
    } finally {
      spawnSync('umount', [dir]);
    }
  });
});
