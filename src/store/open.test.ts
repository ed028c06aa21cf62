import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { openStore } from './open.ts';

test('a new state folder is open to its owner alone', async () => {
  const project = await mkdtemp(join(tmpdir(), 'store-'));
  const dir = join(project, '.towpath');
  const store = await openStore({ dir, clock: systemClock });
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  await store.close();
  await rm(project, { recursive: true });
});

test.each([
  ['.towpath', (path: string) => writeFile(path, 'notes')],
  ['.towpath/artifacts', (path: string) => writeFile(path, 'notes')],
  ['.towpath/tmp', (path: string) => writeFile(path, 'notes')],
  ['.towpath', (path: string) => symlink('nowhere', path)],
  ['.towpath', (path: string) => symlink('.towpath', path)],
])('what stands at %s and is no folder is named', async (name, make) => {
  const project = await mkdtemp(join(tmpdir(), 'store-'));
  if (name.includes('/')) await mkdir(join(project, '.towpath'));
  await make(join(project, name));
  const expected = { code: 'TOW_STORE_NOT_A_FOLDER', where: join(project, name), exitCode: 2 };
  const opened = openStore({ dir: join(project, '.towpath'), clock: systemClock });
  await expect(opened).rejects.toMatchObject(expected);
  if (name === '.towpath') {
    const variant = openStore({ dir: join(project, '.towpath/variants/other'), clock: systemClock });
    await expect(variant).rejects.toMatchObject(expected);
  }
  await rm(project, { recursive: true });
});

test.for(['.towpath', 'variants/.towpath'])(
  'a read-only place for %s is told as such',
  async (name, { skip }) => {
    const project = await mkdtemp(join(tmpdir(), 'store-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', project]);
    if (mounted.status !== 0) return skip('a read-only file system can only be mounted by root');
    try {
      const opened = openStore({ dir: join(project, name), clock: systemClock });
      await expect(opened).rejects.toMatchObject({ code: 'TOW_STORE_NOT_WRITABLE', exitCode: 4 });
    } finally {
      spawnSync('umount', [project]);
      await rm(project, { recursive: true });
    }
  },
);
