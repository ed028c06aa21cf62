import { readdir, readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseDetail, ReleaseRecord } from '../../src/app/records/release.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import type { BackupRecord, RepairRecord, VerifyRecord } from '../../src/app/records/upkeep.ts';
import { digestJson } from '../../src/core/digest.ts';
import type { ErrorRecord } from '../../src/core/errors/towpath-error.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start } from '../product/command.ts';
import { flipByte, tamper } from '../product/damage.ts';
import { TestProject } from '../product/project.ts';

const nowhere = 'f'.repeat(64);

describe('a project with three releases, the last live', { timeout: 240_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
    expect((await run(project, ['run'])).exitCode).toBe(0);
    await project.edit('docs/en/lock.md', 'opens at 7 in', 'opens at 6 in');
    expect((await run(project, ['run'])).stdout).toContain('release r2');
    await project.edit('docs/en/lock.md', 'opens at 6 in', 'opens at 5 in');
    expect((await run(project, ['run'])).stdout).toContain('release r3');
  }, 240_000);
  afterAll(() => endProject(project));

  const copyOf = (release: string): string =>
    project.path(`.towpath/artifacts/records/releases/${release}.json`);
  const releases = async (): Promise<ReleaseRecord[]> => await json<ReleaseRecord[]>(project, 'releases');
  const verified = async (): Promise<VerifyRecord> =>
    JSON.parse((await run(project, ['verify', '--json'])).stdout) as VerifyRecord;
  const expectRefused = async (args: readonly string[], code: string): Promise<void> => {
    const { exitCode, stdout, stderr } = await run(project, args);
    expect([args, exitCode]).toEqual([args, 4]);
    expect(stdout + stderr).toContain(code);
    expect(stdout + stderr).toMatch(/(fix:|→) .*towpath repair/);
  };
  const expectRepaired = async (expected: Partial<RepairRecord>): Promise<void> => {
    expect(await json<RepairRecord>(project, 'repair')).toMatchObject(expected);
    expect(await verified()).toMatchObject({ ok: true, problems: [], promotions: 3 });
  };

  const forgedLedgers = [
    ['changed', "update promotions set release = 'r1' where seq = 3"],
    ['deleted', 'delete from promotions where seq = 3'],
  ] as const;

  it.each(forgedLedgers)(
    'is not served when its last promotion was %s, and no forged release is told as live',
    async (_, statement) => {
      tamper(project, statement);
      await expectRefused(['serve'], 'TOW_STORE_LEDGER_BROKEN');
      const up = await run(project, ['up', '--json']);
      expect(up.exitCode).toBe(4);
      expect(up.stdout).toContain('TOW_STORE_LEDGER_BROKEN');
      expect(up.stdout).not.toContain('"serving"');
      const status = await run(project, ['status']);
      expect(status.exitCode).toBe(4);
      expect(status.stdout).toMatch(/live +not known/);
      const { live } = JSON.parse((await run(project, ['status', '--json'])).stdout) as StatusRecord;
      expect(live).toBeUndefined();
      await expectRepaired({ ledger: 'restored', live: 'r3' });
    },
  );

  it('is served on as it is while its ledger is broken, which is told, and follows again once it is whole', async () => {
    const service = start(project, ['serve', '--json']);
    const { url, release } = await service.event('serving');
    expect(release).toBe('r3');
    tamper(project, "update promotions set release = 'r1' where seq = 3");
    const { error } = await service.event('trouble');
    expect(error).toMatchObject({ code: 'TOW_STORE_LEDGER_BROKEN' });
    expect(error.hint).toContain('towpath repair');
    expect((await put(url, 'Who is the keeper of the lock?')).body.release).toBe('r3');
    tamper(project, "update promotions set release = 'r3' where seq = 3");
    expect(await run(project, ['rollback', 'r1'])).toMatchObject({ exitCode: 0 });
    await service.event('swapped', ({ to }) => to === 'r1');
    expect((await run(project, ['rollback', 'r3'])).exitCode).toBe(0);
    await service.event('swapped', ({ to }) => to === 'r3');
    expect(service.events.filter(({ event }) => event === 'trouble')).toHaveLength(1);
    expect((await service.stop()).exitCode).toBe(0);
  });

  it('makes again what a step made whose record was damaged', async () => {
    tamper(project, "update step_results set outputs = '{}', facts = 'x' where step = 'prepare'");
    const { ok, problems } = await verified();
    expect(ok).toBe(false);
    expect(problems[0]).toMatchObject({ code: 'TOW_STORE_COPY_DAMAGED' });
    expect(problems[0]?.message).toContain('the result of step prepare');
    const again = await run(project, ['run']);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).toMatch(/prepare started \(its record was damaged\)/);
    expect(again.stdout).toContain('release r3');
    expect((await verified()).problems.map(({ message }) => message)).toHaveLength(problems.length - 1);
    await expectResultsRepaired(problems.length - 1);
  });

  /** Those of the earlier runs, which the last one did not look at. */
  const expectResultsRepaired = async (results: number): Promise<void> => {
    const repaired = await json<RepairRecord>(project, 'repair');
    expect(repaired).toMatchObject({ results, ledger: 'whole' });
    expect(await verified()).toMatchObject({ ok: true });
    const cached = await run(project, ['run']);
    expect(cached).toMatchObject({ exitCode: 0, stderr: '' });
    expect(cached.stdout).not.toContain('started');
    expect(cached.stdout).toContain('release r3');
  };

  it('takes results back from their copies, whatever of their rows was changed', async () => {
    tamper(
      project,
      "update step_results set outputs = '{}' where step = 'index'",
      "update step_results set params = '7' where step = 'ingest'",
      `update step_inputs set digest = '${nowhere}' where key = (select key from step_results where step = 'score' limit 1)`,
    );
    await expectResultsRepaired((await verified()).problems.length);
  });

  it('is relied on by no command, and backed up with a warning, while a release is forged', async () => {
    tamper(project, `update releases set manifest = '${nowhere}' where name = 'r2'`);
    for (const args of [['status'], ['doctor'], ['verify'], ['run'], ['rollback', 'r1']])
      await expectRefused(args, 'TOW_STORE_COPY_DAMAGED');
    const folder = `${project.dir}-backup`;
    const backup = await run(project, ['backup', folder, '--json']);
    expect(backup.exitCode).toBe(4);
    const copied = JSON.parse(backup.stdout) as BackupRecord;
    expect(copied.artifacts.count).toBeGreaterThan(5);
    expect(copied.problems?.[0]?.code).toBe('TOW_STORE_COPY_DAMAGED');
    expect(await readdir(folder)).toContain('towpath.db');
    await rm(folder, { recursive: true });
    await expectRepairedReleases(['r2']);
  });

  it.each([
    ['names another manifest', [`update releases set manifest = '${nowhere}' where name = 'r2'`], ['r2']],
    [
      'has changed places with another',
      [
        `update releases set manifest = '${nowhere}' where name = 'r2'`,
        "update releases set manifest = (select manifest from releases where name = 'r3') || 'x' where name = 'r2'",
        `update releases set manifest = '${nowhere}' where name = 'r3'`,
        "update releases set manifest = replace(manifest, 'x', '') where name = 'r2'",
      ],
      ['r2', 'r3'],
    ],
    ['says that another made it', ["update releases set created_by = 'eve' where name = 'r1'"], ['r1']],
    ['was numbered anew', ["update releases set number = 9 where name = 'r1'"], ['r1']],
    ['was named anew', ["update releases set name = 'r9' where name = 'r2'"], ['r2']],
  ])('is taken back from its copy when a release %s', async (_, statements, changed) => {
    const before = await releases();
    tamper(project, ...statements);
    await expectRefused(['releases'], 'TOW_STORE_COPY_DAMAGED');
    if (changed.includes('r3')) await expectRefused(['serve'], 'TOW_STORE_COPY_DAMAGED');
    const { problems } = await verified();
    for (const release of changed)
      expect(problems.map(({ message }) => message).join('\n')).toContain(`release ${release}`);
    await expectRepairedReleases(changed);
    expect(await releases()).toEqual(before);
  });

  const expectRepairedReleases = async (changed: readonly string[]): Promise<void> => {
    const repaired = await json<RepairRecord>(project, 'repair');
    expect(repaired).toMatchObject({ releases: changed, live: 'r3' });
    expect(repaired.problems).toBeUndefined();
    expect(await verified()).toMatchObject({ ok: true, problems: [] });
  };

  it('keeps the database where it is the copy that was changed', async () => {
    const before = await releases();
    const { schema, body } = JSON.parse(await readFile(copyOf('r2'), 'utf8')) as {
      schema: number;
      body: Record<string, string>;
    };
    const forged = { ...body, manifest: nowhere };
    await project.write(
      '.towpath/artifacts/records/releases/r2.json',
      JSON.stringify({ schema, digest: digestJson(forged), body: forged }),
    );
    await expectRefused(['releases'], 'TOW_STORE_COPY_DAMAGED');
    await expectRepairedReleases([]);
    expect(await releases()).toEqual(before);
    await project.write('.towpath/artifacts/records/promotions/0000000003.json', '{');
    await project.write('.towpath/artifacts/records/releases/r1.json', '{');
    expect((await verified()).problems).toHaveLength(2);
    await expectRepairedReleases([]);
  });

  it('goes back to no release of which anything is damaged, and lets it be given up for good', async () => {
    const { manifest } = await json<ReleaseDetail>(project, 'release', 'show', 'r2');
    const content = project.path(
      `.towpath/artifacts/${manifest.answers.slice(0, 2)}/${manifest.answers}/content`,
    );
    await flipByte(`${content}/${(await readdir(content))[0] ?? ''}`);
    const refused = await run(project, ['rollback', 'r2', '--json']);
    expect(refused.exitCode).toBe(4);
    expect((JSON.parse(refused.stdout) as { error: ErrorRecord }).error).toMatchObject({
      code: 'TOW_STORE_ARTIFACT_TAMPERED',
      data: { release: 'r2', part: 'answers' },
    });
    const told = (await verified()).problems.find(({ code }) => code === 'TOW_RELEASE_NOT_WHOLE');
    expect(told?.hint).toMatch(/only a backup made with `towpath backup`.*`towpath repair --give-up r2`/);
    const repair = await run(project, ['repair']);
    expect(repair.exitCode).toBe(4);
    expect(repair.stdout).not.toContain('nothing to repair');
    expect(repair.stdout).toContain('--give-up r2');
    for (const release of ['r1', 'r3']) {
      const kept = await run(project, ['repair', '--give-up', release]);
      expect([release, kept.exitCode]).toEqual([release, 2]);
      expect(kept.stderr).toContain('TOW_RELEASE_NOT_GIVEN_UP');
    }
    expect(await json<RepairRecord>(project, 'repair', '--give-up', 'r2')).toMatchObject({ givenUp: 'r2' });
    const expectGivenUp = async (): Promise<void> => {
      const whole = await verified();
      expect(whole).toMatchObject({ ok: true, problems: [] });
      expect(whole.notes.join()).toMatch(/r2 was given up by \w+/);
      expect((await run(project, ['releases'])).stdout).toMatch(/r2 .*given up by/);
      const back = await run(project, ['rollback', 'r2']);
      expect(back.exitCode).not.toBe(0);
      expect(back.stderr).toContain('r2 was given up');
    };
    await expectGivenUp();
    for (const end of ['', '-wal', '-shm'])
      await rm(project.path(`.towpath/towpath.db${end}`), { force: true });
    expect(await json<RepairRecord>(project, 'repair')).toMatchObject({ releases: ['r1', 'r2', 'r3'] });
    await expectGivenUp();
    expect((await run(project, ['rollback'])).stdout).toContain('r3 -> r1');
  });
});
