import { spawnSync } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  statfs,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../core/clock.ts';
import { openStore, type Store } from '../../store/open.ts';
import { stateFolder } from '../state-folder.ts';
import type { RepairRecord } from '../records/upkeep.ts';
import { repairProject } from './repair.ts';

let project: string;
let dir: string;
let database: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'repair-'));
  ({ dir } = stateFolder(project));
  database = join(dir, 'towpath.db');
});
afterEach(() => rm(project, { recursive: true }));

const open = (): Promise<Store> => openStore({ dir, clock });
const repair = (afresh = false): Promise<RepairRecord> =>
  repairProject({ state: stateFolder(project), clock, actor: 'ann', afresh });

async function release(): Promise<void> {
  const store = await open();
  const { artifacts, records } = store;
  const { digest } = await artifacts.put('one', 'release');
  const { name } = await records.releases.create({ manifest: digest, createdBy: 'ann' });
  await records.releases.promote({ release: name, action: 'promote', actor: 'ann', reason: 'because' });
  await store.close();
}

async function liveRelease(): Promise<string | undefined> {
  const store = await open();
  return (await store.records.releases.live().finally(() => store.close()))?.name;
}

test.each(['delete from schema_version', 'drop table releases', 'drop index run_steps_by_key'])(
  'a database after `%s` is set aside and made again',
  async (statement) => {
    await release();
    const raw = new Libsql(database);
    raw.exec('pragma foreign_keys = off');
    raw.exec(statement);
    raw.close();
    await expect(open()).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT' });
    const { kept, ...repaired } = await repair();
    expect(repaired).toMatchObject({ database: 'rebuilt', releases: ['r1'], live: 'r1' });
    expect(kept[0]).toBe(join(dir, 'damaged', 'database.1'));
    expect(await liveRelease()).toBe('r1');
  },
);

const make = (command: string, ...args: readonly string[]): Promise<void> => {
  expect(spawnSync(command, args).status).toBe(0);
  return Promise.resolve();
};

test.each([
  ['', 'a folder', (path: string) => mkdir(path)],
  ['', 'a FIFO', (path: string) => make('mkfifo', path)],
  ['', 'a device', (path: string) => symlink('/dev/zero', path)],
  ['', 'a link to a file that is not there', (path: string) => symlink(join(dir, 'nowhere', 'x'), path)],
  ['', 'a link that leads in a circle', (path: string) => symlink(path, path)],
  ['-wal', 'a folder', (path: string) => mkdir(path)],
])('of the database%s, %s in its place is named, and set aside', async (end, what, put) => {
  await release();
  await rm(`${database}${end}`);
  await put(`${database}${end}`);
  const opened = open();
  await expect(opened).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT', exitCode: 4 });
  await expect(opened).rejects.toThrow(`${database}${end} is damaged: it is ${what}`);
  expect(await repair()).toMatchObject({ database: 'rebuilt', releases: ['r1'], live: 'r1' });
  expect(await readdir(join(dir, 'damaged', 'database.1'))).toContain(`towpath.db${end}`);
  expect(await liveRelease()).toBe('r1');
});

const fillUp = async (blocksLeft: number): Promise<void> => {
  const { bsize, bavail } = await statfs(dir);
  await writeFile(join(dir, 'ballast'), Buffer.alloc(bsize * (bavail - blocksLeft)));
};

// What lacks its space first, the database, its index or its log, is told in different ways.
test.for([
  ['afresh, with a database that is whole and no block left', true, false, 0],
  ['afresh, with a database that is whole and four blocks left', true, false, 4],
  ['afresh, with a database that is whole and twelve blocks left', true, false, 12],
  ['with one that is damaged and no block left', false, true, 0],
  ['with one that is damaged and four blocks left', false, true, 4],
] as const)(
  'a repair %s finds no space and leaves the database as it was',
  async ([, afresh, isDamaged, blocksLeft], { skip }) => {
    await mkdir(dir);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir]);
    if (mounted.status !== 0) return skip('a small disk can only be mounted by root');
    try {
      await release();
      if (isDamaged) await truncate(database, 80_000);
      const before = await readFile(database);
      await fillUp(blocksLeft);
      await expect(repair(afresh)).rejects.toMatchObject({ code: 'TOW_STORE_DISK_FULL', exitCode: 4 });
      await rm(join(dir, 'ballast'));
      expect((await readFile(database)).equals(before)).toBe(true);
      expect(await readdir(join(dir, 'damaged'))).toEqual([]);
      if (isDamaged) expect(await repair()).toMatchObject({ database: 'rebuilt', live: 'r1' });
      expect(await liveRelease()).toBe('r1');
      expect((await repair(true)).kept).toHaveLength(2);
      expect(await liveRelease()).toBeUndefined();
    } finally {
      // Lazily: a database that was closed lets go of its file when its statements are collected.
      spawnSync('umount', ['-l', dir]);
    }
  },
);
