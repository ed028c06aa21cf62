import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from '../core/process-identity.ts';
import { claimService, readService } from './service-file.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'service-'));
  path = join(dir, 'run', 'up.json');
});
afterEach(() => rm(dir, { recursive: true }));

const record = { pid: process.pid, url: 'http://127.0.0.1:7411', port: 7411, started: 'now', replicas: [] };

test('a second claim is refused with the process and address of the first, until the first lets go', async () => {
  const claim = await claimService(path, record);
  await expect(claimService(path, record)).rejects.toMatchObject({
    code: 'TOW_APP_ALREADY_RUNNING',
    message: expect.stringContaining('http://127.0.0.1:7411') as string,
  });
  await claim.release();
  expect(await readService(path)).toBeUndefined();
  await (await claimService(path, record)).release();
});

test('others see what the claim was last updated with', async () => {
  const claim = await claimService(path, record);
  await Promise.all([claim.update({ ...record, release: 'r1' }), claim.update({ ...record, release: 'r2' })]);
  expect(await readService(path)).toEqual({ ...record, release: 'r2' });
  await claim.release();
});

test('a claim of a process that was killed is taken over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const claim = await claimService(path, record);
  const text = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const dead = { ...text, process: identifyProcess(child.pid), pid: child.pid };
  await writeFile(path, JSON.stringify(dead));
  expect(await readService(path)).toMatchObject({ pid: child.pid });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await readService(path)).toBeUndefined();
  await (await claimService(path, record)).release();
  await claim.release();
});

test('a claim of another container stands while it gives signs of life, and is taken over after', async () => {
  const claim = await claimService(path, record);
  const text = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await claim.release();
  const [, started, boot, , machine] = (identifyProcess() ?? '').split('-');
  await writeFile(path, JSON.stringify({ ...text, process: `1-${started}-${boot}-7-${machine}` }));
  // Nobody sends questions to where such a record points: it may have come with somebody's project.
  expect(await readService(path)).toBeUndefined();
  const beats = setInterval(() => void utimes(path, new Date(), new Date()), 1000);
  await expect(claimService(path, record)).rejects.toMatchObject({ code: 'TOW_APP_ALREADY_RUNNING' });
  clearInterval(beats);
  await (await claimService(path, record)).release();
}, 30_000);

test('a damaged file is no service', async () => {
  const claim = await claimService(path, record);
  await writeFile(path, '{');
  expect(await readService(path)).toBeUndefined();
  await claim.release();
});

test('a full disk is told as such, leaves no half of a claim, and takes none from whoever has one', async ({
  skip,
}) => {
  const folder = dirname(path);
  await mkdir(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', folder]);
  if (mounted.status !== 0) return skip('a small disk can only be mounted by root');
  try {
    const claim = await claimService(path, record);
    await writeFile(join(folder, 'fill'), Buffer.alloc(4096));
    await expect(claim.update({ ...record, release: 'r1' })).rejects.toMatchObject({
      code: 'TOW_STORE_DISK_FULL',
    });
    expect(await readService(path)).toEqual(record);
    expect((await readdir(folder)).sort()).toEqual(['fill', 'up.json']);
    await rm(join(folder, 'fill'));
    await claim.update({ ...record, release: 'r2' });
    expect((await readService(path))?.release).toBe('r2');
    await claim.release();
    await writeFile(join(folder, 'fill'), Buffer.alloc(8192));
    await expect(claimService(path, record)).rejects.toMatchObject({
      code: 'TOW_STORE_DISK_FULL',
      exitCode: 4,
    });
    expect(await readdir(folder)).toEqual(['fill']);
  } finally {
    spawnSync('umount', [folder]);
  }
});
