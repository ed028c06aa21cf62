import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { openStore } from '../../store/open.ts';
import { stateFolder } from '../state-folder.ts';
import { repairProject } from './repair.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-repair-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const repair = () =>
  repairProject({ state: stateFolder(dir), clock: systemClock, actor: 'ann', afresh: false });

test('where nothing ever ran, nothing is lost and nothing is rebuilt', async () => {
  expect(await repair()).toMatchObject({ database: 'whole', releases: [], kept: [], ledger: 'whole' });
  expect(await repair()).toMatchObject({ database: 'whole' });
});

test('a database that is gone beside artifacts is rebuilt, and its history lost', async () => {
  const state = stateFolder(dir);
  const store = await openStore({ dir: state.dir, clock: systemClock });
  await store.artifacts.put('kept', 'x');
  await store.close();
  for (const end of ['', '-wal', '-shm']) await rm(join(state.dir, `towpath.db${end}`), { force: true });
  expect(await repair()).toMatchObject({ database: 'rebuilt' });
});
