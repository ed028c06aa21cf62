import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../core/clock.ts';
import { digestBytes } from '../core/digest.ts';
import { openStore } from '../store/open.ts';
import { openFlow } from './flow.ts';
import { makePlan } from './plan.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'recover-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('records can be read on a full disk, also those of a run that nobody could end', async ({ skip }) => {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]);
  if (mounted.status !== 0) return skip('a small disk can only be mounted by root');
  try {
    const first = await openStore({ dir, clock });
    const steps = [{ name: 'a', kind: 'test' }];
    await first.records.runs.create({
      ...{ id: 'run-1', plan: digestBytes('p'), engine: '1-1-0', startedAt: 1, labels: {}, steps },
    });
    await first.close();
    const { bsize, bavail } = await statfs(dir);
    await writeFile(join(dir, 'ballast'), Buffer.alloc(bsize * bavail));
    const store = await openStore({ dir, clock });
    const options = { store, clock, projectDir: dir, stateDir: dir, env: {}, program: '' };
    const flow = await openFlow(options);
    expect(await flow.runs()).toMatchObject([{ id: 'run-1', status: 'running' }]);
    await expect(flow.run(makePlan([]))).rejects.toMatchObject({ code: 'TOW_STORE_DISK_FULL' });
    await rm(join(dir, 'ballast'));
    expect(await (await openFlow(options)).runs()).toMatchObject([{ id: 'run-1', status: 'interrupted' }]);
    await store.close();
  } finally {
    // Lazily: a database that was closed lets go of its file when its statements are collected.
    spawnSync('umount', ['-l', dir]);
  }
});
