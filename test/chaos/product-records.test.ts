import { readdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../src/app/records/release.ts';
import type { RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import type { RepairRecord, VerifyRecord } from '../../src/app/records/upkeep.ts';
import type { ErrorRecord } from '../../src/core/errors/towpath-error.ts';
import { seededRandom } from '../../src/core/random.ts';
import { endProject, json, run, start, type Finished } from '../product/command.ts';
import { flipByte, tamper } from '../product/damage.ts';
import { TestProject } from '../product/project.ts';

const random = seededRandom(8);

describe('a project with two releases, the first live again', { timeout: 240_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
    expect((await run(project, ['run'])).exitCode).toBe(0);
    await project.edit('docs/en/lock.md', 'opens at 7 in', 'opens at 6 in');
    expect((await run(project, ['run'])).stdout).toContain('release r2');
    expect((await run(project, ['rollback'])).exitCode).toBe(0);
  }, 240_000);
  afterAll(() => endProject(project));

  const database = (): string => project.path('.towpath/towpath.db');
  const loseDatabase = async (): Promise<void> => {
    for (const end of ['', '-wal', '-shm']) await rm(`${database()}${end}`, { force: true });
  };
  const expectWhole = async (): Promise<void> => {
    const releases = await json<ReleaseRecord[]>(project, 'releases');
    expect(releases.map(({ name, live }) => [name, live])).toEqual([
      ['r2', false],
      ['r1', true],
    ]);
    expect(await json<VerifyRecord>(project, 'verify')).toMatchObject({ ok: true, promotions: 3 });
  };
  const expectCached = async (): Promise<void> => {
    const again = await run(project, ['run']);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).not.toContain('started');
    expect(again.stdout).toContain('release r2');
  };
  const errorOf = ({ stdout }: Finished): ErrorRecord => (JSON.parse(stdout) as { error: ErrorRecord }).error;

  it.each([
    ['lost', loseDatabase, ['status', 'releases', 'run', 'up', 'serve', 'rollback', 'doctor']],
    [
      'emptied to no bytes',
      async () => {
        await loseDatabase();
        await writeFile(database(), '');
      },
      ['status'],
    ],
    [
      'emptied of its rows',
      () => {
        const tables = ['promotions', 'releases', 'curve_points', 'run_steps', 'runs', 'step_results'];
        tamper(
          project,
          ...[...tables, 'step_inputs', 'step_outputs', 'artifacts'].map((table) => `delete from ${table}`),
        );
        return Promise.resolve();
      },
      ['run'],
    ],
    [
      'without its releases',
      () => {
        tamper(project, 'delete from promotions', 'delete from releases');
        return Promise.resolve();
      },
      ['status'],
    ],
  ])(
    'says that a database %s is, numbers nothing anew, and is repaired with its names',
    async (_, lose, commands) => {
      await lose();
      for (const command of commands) {
        const { exitCode, stdout, stderr } = await run(project, [command]);
        expect([command, exitCode]).toEqual([command, 4]);
        expect(stdout + stderr).toContain('TOW_STORE_RECORDS_LOST');
        expect(stdout + stderr).toMatch(/\d artifacts, and the releases r1, r2/);
        expect(stdout + stderr).toContain('towpath repair');
      }
      const repaired = await json<RepairRecord>(project, 'repair');
      expect(repaired).toMatchObject({ releases: ['r1', 'r2'], promotions: 3, live: 'r1' });
      await expectWhole();
      await expectCached();
    },
  );

  it('sets a damaged database aside and rebuilds it', async () => {
    await loseDatabase();
    await project.write('.towpath/towpath.db', Buffer.alloc(40_000, 'no database '));
    const told = await run(project, ['status']);
    expect(told.stderr).toMatch(/TOW_STORE_DATABASE_CORRUPT[\s\S]*fix: .*towpath repair/);
    const repaired = await json<RepairRecord>(project, 'repair');
    expect(repaired).toMatchObject({ database: 'rebuilt', releases: ['r1', 'r2'], live: 'r1' });
    expect(await readdir(repaired.kept[0] ?? '')).toEqual(['towpath.db']);
    await expectWhole();
    await expectCached();
  });

  it.each([
    [
      'changed',
      ["update promotions set actor = 'eve' where seq = 2"],
      ['status', 'doctor', 'verify', 'releases', 'run', 'rollback'],
    ],
    ['deleted in the middle', ['delete from promotions where seq = 2'], ['rollback']],
    ['deleted at the end', ['delete from promotions where seq = 3'], ['status']],
    ['deleted, all of them', ['delete from promotions'], ['status']],
    [
      'deleted at the end with the head set to fit',
      [
        'delete from promotions where seq = 3',
        'update ledger_head set count = 2, hash = (select hash from promotions where seq = 2)',
      ],
      ['status'],
    ],
  ])(
    'notices a promotion that was %s, promotes nothing, and restores it',
    async (_, statements, commands) => {
      tamper(project, ...statements);
      for (const command of commands) {
        const { exitCode, stdout, stderr } = await run(project, [
          command,
          ...(command === 'rollback' ? ['r2'] : []),
        ]);
        expect([command, exitCode]).toEqual([command, 4]);
        expect(stdout + stderr).toContain('TOW_STORE_LEDGER_BROKEN');
      }
      expect(await json<RepairRecord>(project, 'repair')).toMatchObject({
        ledger: 'restored',
        promotions: 3,
      });
      await expectWhole();
    },
  );

  it('tells of a damaged manifest each time it is needed, goes back to nothing broken, and puts it back', async () => {
    const { digest } = (await json<ReleaseRecord[]>(project, 'releases')).find(
      ({ name }) => name === 'r2',
    ) ?? {
      digest: '',
    };
    await flipByte(project.path(`.towpath/artifacts/${digest.slice(0, 2)}/${digest}/content`));
    for (const args of [
      ['release', 'show', 'r2'],
      ['release', 'show', 'r2'],
      ['rollback', 'r2'],
    ]) {
      const error = errorOf(await run(project, [...args, '--json']));
      expect(error.code).toBe('TOW_STORE_ARTIFACT_TAMPERED');
      expect(error.where).toContain('.towpath/damaged/');
    }
    expect((await json<StatusRecord>(project, 'status')).live?.name).toBe('r1');
    const verified = await run(project, ['verify', '--json']);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      promotions: 3,
      problems: [{ code: 'TOW_RELEASE_NOT_WHOLE', message: 'r2 is not whole: its manifest is damaged' }],
    });
    expect(await json<RepairRecord>(project, 'repair')).toMatchObject({ manifests: ['r2'] });
    expect((await run(project, ['release', 'show', 'r2'])).exitCode).toBe(0);
    await expectWhole();
  });

  it('survives a repair that is killed at any moment: the next one ends it', async () => {
    for (let times = 0; times < 3; times += 1) {
      await loseDatabase();
      const repair = start(project, ['repair']);
      await sleep(random() * 1500);
      repair.signal('SIGKILL');
      await repair.finished;
      const told = await run(project, ['status']);
      if (told.exitCode !== 0) {
        expect(told.stderr).toContain('TOW_STORE_RECORDS_LOST');
        expect(await json<RepairRecord>(project, 'repair')).toMatchObject({ live: 'r1' });
      }
      await expectWhole();
    }
    await expectCached();
  });

  it('survives a verify that is killed, and commands that are killed while they end', async () => {
    for (const command of ['verify', 'status']) {
      const killed = start(project, [command]);
      await sleep(300 + random() * 700);
      killed.signal('SIGKILL');
      await killed.finished;
    }
    await expectWhole();
  });

  it('starts afresh only when told to, keeping what it had', async () => {
    await loseDatabase();
    expect((await run(project, ['run'])).exitCode).toBe(4);
    expect(await json<RepairRecord>(project, 'repair', '--afresh')).toMatchObject({ database: 'afresh' });
    expect((await json<StatusRecord>(project, 'status')).live).toBeUndefined();
    const fresh = await run(project, ['run']);
    expect(fresh).toMatchObject({ exitCode: 0, stderr: '' });
    expect(fresh.stdout).toContain('release r1');
    expect(await json<RunRecord[]>(project, 'runs')).toHaveLength(1);
    expect(await readdir(project.path('.towpath/damaged'))).toContain('records.1');
  });
});
