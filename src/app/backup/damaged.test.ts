import { cp, mkdtemp, readdir, readFile, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../core/clock.ts';
import { openStore } from '../../store/open.ts';
import { openTowpath } from '../open.ts';
import type { BackupRecord } from '../records/upkeep.ts';

let world: string;
let dir: string;
let database: string;
beforeEach(async () => {
  world = await realpath(await mkdtemp(join(tmpdir(), 'backup-')));
  dir = join(world, 'project', '.towpath');
  database = join(dir, 'towpath.db');
  const store = await openStore({ dir, clock });
  const { digest } = await store.artifacts.put('one', 'release');
  const { name } = await store.records.releases.create({ manifest: digest, createdBy: 'ann' });
  await store.records.releases.promote({ release: name, action: 'promote', actor: 'ann', reason: 'because' });
  await store.close();
});
afterEach(() => rm(world, { recursive: true }));

async function backup(name: string): Promise<BackupRecord> {
  const project = join(world, 'project');
  const place = { dir: project, file: join(project, 'towpath.yaml') };
  const towpath = await openTowpath(place, { XDG_CONFIG_HOME: world });
  const options = { observer: () => undefined, signal: new AbortController().signal };
  return await towpath.backup(join(world, name), options).finally(() => towpath.close());
}

const damages: readonly (readonly [string, () => Promise<void>])[] = [
  ['cut off', () => truncate(database, 80_000)],
  ['overwritten', () => writeFile(database, Buffer.alloc(40_000, 'no database '))],
  ['damaged inside', damageInside],
];

/** Behind the first pages, which an opening reads. */
async function damageInside(): Promise<void> {
  const bytes = await readFile(database);
  bytes.fill(0xff, bytes.length >> 1);
  await writeFile(database, bytes);
}

test.each(damages)('a database that was %s is copied as it is, with a warning', async (_, damage) => {
  await damage();
  const before = await readFile(database);
  const { artifacts, problems } = await backup('copy');
  expect(artifacts.count).toBe(1);
  expect(problems?.map((problem) => problem.code)).toEqual(['TOW_STORE_DATABASE_CORRUPT']);
  const copied = await readFile(join(world, 'copy', 'towpath.db'));
  expect(copied.equals(before)).toBe(true);
  await rm(dir, { recursive: true });
  await cp(join(world, 'copy'), dir, { recursive: true });
  const towpath = await openTowpath({ dir: join(world, 'project'), file: 'towpath.yaml' }, {});
  expect(await towpath.repair()).toMatchObject({ database: 'rebuilt', releases: ['r1'], live: 'r1' });
  await towpath.close();
});

test('a database that is gone leaves what lies beside the artifacts to copy', async () => {
  for (const end of ['', '-wal', '-shm']) await rm(`${database}${end}`, { force: true });
  const { problems } = await backup('copy');
  expect(problems).toMatchObject([{ code: 'TOW_STORE_RECORDS_LOST' }]);
  expect(await readdir(join(world, 'copy'))).toEqual(['artifacts']);
});

test('a damaged database takes the place of none that an earlier backup holds', async () => {
  expect(await backup('copy')).not.toHaveProperty('problems');
  const good = await readFile(join(world, 'copy', 'towpath.db'));
  await truncate(database, 80_000);
  await expect(backup('copy')).rejects.toMatchObject({ code: 'TOW_STORE_BACKUP_REFUSED', exitCode: 2 });
  expect((await readFile(join(world, 'copy', 'towpath.db'))).equals(good)).toBe(true);
});
