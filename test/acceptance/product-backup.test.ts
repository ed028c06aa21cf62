import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../src/app/records/release.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import type { VerifyRecord } from '../../src/app/records/upkeep.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start } from '../product/command.ts';
import { TestProject } from '../product/project.ts';

const question = 'Who is the keeper of the lock?';
const docs = join(dirname(fileURLToPath(import.meta.url)), '../../examples/handbook/docs');
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The shell blocks of the handbook's section on backups. */
function shownBy(language: 'en' | 'zh'): string[] {
  const page = readFileSync(join(docs, language, 'artifacts-and-storage.md'), 'utf8');
  const section = page.slice(page.indexOf(language === 'en' ? '## Backups' : '## 备份'));
  return Array.from(section.matchAll(/^```sh\n([\s\S]*?)^```/gm), ([, block = '']) => block);
}

describe('the backup that the handbook shows', { timeout: 180_000 }, () => {
  let project: TestProject;
  let shelf: string;
  beforeAll(async () => {
    project = await TestProject.create();
    shelf = await mkdtemp(join(tmpdir(), 'towpath-backup-'));
    expect((await run(project, ['run'])).exitCode).toBe(0);
    await project.edit('docs/en/lock.md', 'opens at 7 in', 'opens at 6 in');
    expect((await run(project, ['run'])).stdout).toContain('release r2');
    expect((await run(project, ['rollback'])).exitCode).toBe(0);
  }, 180_000);
  afterAll(async () => {
    await endProject(project);
    await rm(shelf, { recursive: true, force: true });
  });

  /** Runs a block as a person would, with `towpath` on the PATH and the handbook's folder put in ours. */
  const shell = (block: string, target: string): void => {
    const script = `towpath() { "${process.execPath}" "${main}" "$@"; }\n${block.replaceAll('/srv/backup/manuals', target)}`;
    const ran = spawnSync('bash', ['-euc', script], { cwd: project.dir, encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
  };

  const expectRestored = async (): Promise<void> => {
    const releases = await json<ReleaseRecord[]>(project, 'releases');
    expect(releases.map(({ name, live }) => [name, live])).toEqual([
      ['r2', false],
      ['r1', true],
    ]);
    expect(await json<VerifyRecord>(project, 'verify')).toMatchObject({
      ok: true,
      releases: 2,
      promotions: 3,
    });
    const again = await run(project, ['run']);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(again.stdout).not.toContain('started');
    expect(again.stdout).toContain('release r2');
  };

  it('shows the same commands in both languages: backing up, and restoring', () => {
    expect(shownBy('zh')).toEqual(shownBy('en'));
    expect(shownBy('en')).toHaveLength(3);
  });

  it('is whole after every clean end: nothing stands in the log beside the database', async () => {
    const { size } = await stat(project.path('.towpath/towpath.db-wal')).catch(() => ({ size: 0 }));
    expect(size).toBe(0);
  });

  it('made by copying while nothing runs, restores everything', async () => {
    const [, copying = '', restoring = ''] = shownBy('en');
    const target = join(shelf, 'copied');
    shell(copying, target);
    await rm(project.path('.towpath'), { recursive: true });
    shell(restoring, target);
    await expectRestored();
  });

  it('made by the command while a service runs, restores everything, and is brought up to date', async () => {
    const [backing = '', , restoring = ''] = shownBy('en');
    const target = join(shelf, 'made');
    const service = start(project, ['serve', '--json']);
    const { url } = await service.event('serving');
    shell(backing, target);
    shell(backing, target);
    expect(readdirSync(target).sort()).toEqual(['artifacts', 'towpath.db']);
    expect((await put(url, question)).status).toBe(200);
    expect(await service.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    await rm(project.path('.towpath'), { recursive: true });
    shell(restoring, target);
    await expectRestored();
    await rm(project.path('.towpath/keep'), { recursive: true, force: true });
    expect((await json<StatusRecord>(project, 'status')).live?.name).toBe('r1');
  });

  it('is taken for what it is when a tool kept no times', async () => {
    const [backing = ''] = shownBy('en');
    const target = join(shelf, 'timeless');
    shell(backing, target);
    await rm(project.path('.towpath'), { recursive: true });
    await cp(target, project.path('.towpath'), { recursive: true });
    await expectRestored();
  });

  it('is refused into a folder of something else, or into what is backed up', async () => {
    await mkdir(join(shelf, 'other/letters'), { recursive: true });
    for (const folder of [join(shelf, 'other'), '.towpath', '.towpath/backup']) {
      const { exitCode, stderr } = await run(project, ['backup', folder]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('TOW_STORE_BACKUP_REFUSED');
    }
  });
});
