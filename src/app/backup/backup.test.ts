import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes } from '../../core/digest.ts';
import { openStore, type Store } from '../../store/open.ts';
import { backupProject } from './backup.ts';

describe('a backup', () => {
  let shelf: string;
  beforeEach(async () => {
    shelf = await mkdtemp(join(tmpdir(), 'towpath-backup-'));
  });
  afterEach(() => rm(shelf, { recursive: true, force: true }));

  const withStore = async <T>(project: string, use: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ dir: join(shelf, project), clock: systemClock });
    return await use(store).finally(() => store.close());
  };
  const backup = (project: string, folder: string) =>
    withStore(project, (store) =>
      backupProject(store, join(shelf, project), folder, {
        ...{ observer: () => undefined, signal: new AbortController().signal },
      }),
    );
  const run = (project: string, id: string) =>
    withStore(project, ({ records }) =>
      records.runs.create({
        ...{ id, plan: digestBytes('p'), engine: '1-1-0', startedAt: 1, labels: {} },
        steps: [{ name: 'a', kind: 'test' }],
      }),
    );
  const release = (project: string, text: string) =>
    withStore(project, async ({ artifacts, records }) => {
      const { digest } = await artifacts.put(text, 'release');
      await records.releases.create({ manifest: digest, createdBy: 'ann' });
    });

  it('is refused where another project has its own, with or without a release, and leaves that as it is', async () => {
    const folder = join(shelf, 'backup');
    await run('one', 'run-1');
    await run('two', 'run-2');
    await backup('one', folder);
    const before = await readFile(join(folder, 'towpath.db'));
    await expect(backup('two', folder)).rejects.toMatchObject({
      code: 'TOW_STORE_BACKUP_REFUSED',
      exitCode: 2,
    });
    await expect(backup('two', folder)).rejects.toThrow('run-1');
    expect(await readFile(join(folder, 'towpath.db'))).toEqual(before);
    await rm(join(folder, 'towpath.db'));
    await release('one', 'first');
    await release('two', 'second');
    await rm(folder, { recursive: true });
    await backup('one', folder);
    await rm(join(folder, 'towpath.db'));
    await expect(backup('two', folder)).rejects.toThrow('r1');
  });

  it('is brought up to date by its own project, and by one restored from it', async () => {
    const folder = join(shelf, 'backup');
    await run('one', 'run-1');
    await release('one', 'first');
    await backup('one', folder);
    await run('one', 'run-2');
    await release('one', 'second');
    await backup('one', folder);
    await cp(folder, join(shelf, 'restored'), { recursive: true });
    await run('restored', 'run-3');
    expect(await backup('restored', folder)).toMatchObject({ unchanged: 2 });
    await expect(backup('one', folder)).rejects.toThrow('run-3');
  });

  it('is refused where nothing can tell whose backup is there', async () => {
    await run('one', 'run-1');
    await backup('one', join(shelf, 'backup'));
    await writeFile(join(shelf, 'backup/towpath.db'), 'no database');
    await expect(backup('one', join(shelf, 'backup'))).rejects.toMatchObject({
      code: 'TOW_STORE_BACKUP_REFUSED',
    });
  });

  it('needs a folder: a file of that name, or above it, is named', async () => {
    await run('one', 'run-1');
    await writeFile(join(shelf, 'file'), '');
    for (const folder of ['file', 'file/below', 'file/below/deep'])
      await expect(backup('one', join(shelf, folder))).rejects.toMatchObject({
        ...{ code: 'TOW_STORE_NOT_A_FOLDER', where: join(shelf, 'file'), exitCode: 2 },
      });
  });

  it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
    await run('one', 'run-1');
    await expect(backup('one', '/proc/towpath')).rejects.toMatchObject({ code: 'TOW_STORE_NOT_WRITABLE' });
  });
});
