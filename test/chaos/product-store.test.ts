import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, statfs, writeFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail, RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import { systemClock } from '../../src/core/clock.ts';
import { asDigest } from '../../src/core/digest.ts';
import { openStore } from '../../src/store/open.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start } from '../product/command.ts';
import { flipByte } from '../product/damage.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const question = 'Who is the keeper of the lock?';

/** Serves whatever is live and puts one question. */
async function expectAnswers(project: TestProject): Promise<void> {
  const service = start(project, ['serve', '--json']);
  const { url } = await service.event('serving');
  expect((await put(url, question)).body.answer).toContain('Ada Thornbury');
  expect(await service.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await processesLeft(project)).toEqual([]);
}

describe('a project whose state was damaged', { timeout: 120_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
    expect((await run(project, ['run'])).exitCode).toBe(0);
  }, 120_000);
  afterAll(() => endProject(project));

  /** The biggest file of the artifact that a step wrote. */
  const fileOf = async (step: string): Promise<string> => {
    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    const [digest = ''] = Object.values(plan.find(({ name }) => name === step)?.outputs ?? {});
    const store = await openStore({ dir: project.path('.towpath'), clock: systemClock });
    const content = await store.artifacts.open(asDigest(digest)).finally(() => store.close());
    const paths = (await stat(content)).isFile()
      ? [content]
      : (await readdir(content, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => join(parentPath, name));
    const sizes = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
    return sizes.sort((left, right) => right.size - left.size)[0]?.path ?? '';
  };

  it('names an artifact in which one byte was changed, says how to heal it, and is healed by the next run', async () => {
    await flipByte(await fileOf('model'));
    const served = await run(project, ['serve']);
    expect(served.exitCode).toBe(4);
    expect(served.stderr).toContain('TOW_STORE_ARTIFACT_TAMPERED');
    expect(served.stderr).toContain('model.gguf');
    expect(served.stderr).toMatch(/fix: .*towpath run/);
    const healed = await run(project, ['run']);
    expect(healed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(healed.stdout).toMatch(/✓ model +done/);
    expect(healed.stdout).toMatch(/✓ answer +cached/);
    await expectAnswers(project);
  });

  it('does again what was changed before a step reads it', async () => {
    await flipByte(await fileOf('prepare'));
    await project.edit('towpath.yaml', 'qa:', 'index:\n  passage: { max_characters: 1000 }\nqa:');
    const first = await run(project, ['run']);
    if (first.exitCode !== 0) {
      expect(first.exitCode).toBe(4);
      expect(first.stderr).toContain('TOW_STORE_ARTIFACT_TAMPERED');
      expect(first.stderr).toMatch(/fix: .*towpath run/);
    }
    const healed = await run(project, ['run']);
    expect(healed).toMatchObject({ exitCode: 0, stderr: '' });
    await expectAnswers(project);
  });

  it('makes again an artifact that is gone', async () => {
    const path = await fileOf('index');
    await rm(path.slice(0, path.indexOf('/content')), { recursive: true });
    const { exitCode, stdout, stderr } = await run(project, ['run']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/index started \(output .*missing\)/);
    await expectAnswers(project);
  });

  it('says that the database is damaged and how to heal that', async () => {
    for (const end of ['-wal', '-shm']) await rm(project.path(`.towpath/towpath.db${end}`), { force: true });
    const path = project.path('.towpath/towpath.db');
    await writeFile(path, Buffer.alloc(40_000, 'no database '));
    for (const command of ['run', 'status', 'up']) {
      const { exitCode, stderr } = await run(project, [command]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('TOW_STORE_DATABASE_CORRUPT');
      expect(stderr).toContain(path);
      expect(stderr).toMatch(/fix: .*towpath repair/);
    }
    expect((await run(project, ['repair'])).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await run(project, ['run']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/release r\d/);
    await expectAnswers(project);
  });

  it('starts anew when the database was deleted between runs and nothing of it is wanted', async () => {
    for (const end of ['', '-wal', '-shm'])
      await rm(project.path(`.towpath/towpath.db${end}`), { force: true });
    expect((await run(project, ['status'])).stderr).toContain('TOW_STORE_RECORDS_LOST');
    expect((await run(project, ['repair', '--afresh'])).exitCode).toBe(0);
    expect(await json<StatusRecord>(project, 'status')).toEqual({ dir: project.dir });
    const { exitCode, stderr } = await run(project, ['run']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [last] = await json<RunRecord[]>(project, 'runs');
    expect(last).toMatchObject({ state: 'done', release: 'r1', steps: { done: 8, cached: 0 } });
    await expectAnswers(project);
  });
});

/** A service does not begin on a full disk, and one that runs takes up a change once there is room. */
async function expectService(project: TestProject, state: string): Promise<void> {
  const fill = async (): Promise<void> => {
    const { bsize, bavail } = await statfs(state);
    await writeFile(join(state, 'ballast'), Buffer.alloc(bsize * bavail));
  };
  await fill();
  for (const command of ['up', 'serve']) {
    const { exitCode, stderr } = await run(project, [command]);
    expect([command, exitCode]).toEqual([command, 4]);
    expect(stderr).toContain('TOW_STORE_DISK_FULL');
  }
  await rm(join(state, 'ballast'));
  const service = start(project, ['up', '--json']);
  await service.event('watching');
  await fill();
  await project.edit('docs/en/lock.md', 'opens at 7 in', 'opens at 6 in');
  const { error, retryIn } = await service.event('trouble');
  expect([error.code, retryIn]).toEqual(['TOW_STORE_DISK_FULL', 2000]);
  await rm(join(state, 'ballast'));
  expect(await service.event('swapped')).toMatchObject({ from: 'r1', to: 'r2' });
  expect(await service.stop()).toMatchObject({ exitCode: 0 });
}

describe('a project whose disk is full', { timeout: 120_000 }, () => {
  it('says so with exit code 4, and ends well once there is room', async (context) => {
    const project = await TestProject.create();
    const state = project.path('.towpath');
    await mkdir(state);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', state], {
      encoding: 'utf8',
    });
    if (mounted.status !== 0) {
      await endProject(project);
      context.skip(`no small disk can be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}`);
    }
    try {
      // First hardly a step finds room, then some do.
      for (const room of [300_000, 900_000]) {
        const { bsize, bavail } = await statfs(state);
        await writeFile(join(state, 'ballast'), Buffer.alloc(bsize * bavail - room));
        const { exitCode, stdout, stderr } = await run(project, ['run']);
        expect(exitCode).toBe(4);
        expect(stderr).toContain('TOW_STORE_DISK_FULL');
        expect(stderr).toMatch(/fix: .*space/);
        if (stdout.includes('started')) expect(stdout).toMatch(/run failed after .*TOW_STORE_DISK_FULL/);
        expect(await run(project, ['runs'])).toMatchObject({ exitCode: 0, stderr: '' });
        expect(await processesLeft(project)).toEqual([]);
        await rm(join(state, 'ballast'));
      }
      const again = await run(project, ['run']);
      expect(again).toMatchObject({ exitCode: 0, stderr: '' });
      expect(again.stdout).toContain('release r1');
      expect(await readdir(join(state, 'tmp'))).toEqual([]);
      await expectAnswers(project);
      await expectService(project, state);
    } finally {
      spawnSync('umount', [state]);
      await endProject(project);
    }
  });
});
