import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identifyProcess } from '../core/process-identity.ts';
import { openWorkspaces } from './workspaces.ts';

const own = identifyProcess() ?? '';
const [pid = '', started = '', boot = '', namespace = '', machine = ''] = own.split('-');
const random = '0123456789ab';

describe('temporary folders', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-tmp-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const make = async (owner: string, at?: number): Promise<string> => {
    const name = `${owner}.${random}`;
    await mkdir(join(dir, name, 'inner'), { recursive: true });
    if (at !== undefined) await utimes(join(dir, name), at, at);
    return name;
  };

  test('are new, empty and named after this process', async () => {
    const workspaces = openWorkspaces(join(dir, 'not/there'));
    const folders = [await workspaces.create(), await workspaces.create()];
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) {
      expect(folder.startsWith(join(dir, 'not/there', `${own}.`))).toBe(true);
      expect(await readdir(folder)).toEqual([]);
      await workspaces.remove(folder);
      await workspaces.remove(folder);
    }
    expect(await readdir(join(dir, 'not/there'))).toEqual([]);
  });

  test('are removed with all that is in them, read-only parts too, and what links lead to stays', async () => {
    const workspaces = openWorkspaces(dir);
    const folder = await workspaces.create();
    await mkdir(join(folder, 'a/b'), { recursive: true });
    await writeFile(join(folder, 'a/b/file'), 'x');
    await writeFile(join(dir, 'outside'), 'x');
    await symlink(join(dir, 'outside'), join(folder, 'a/link'));
    for (const path of ['a/b', 'a']) await chmod(join(folder, path), 0o555);
    await workspaces.remove(folder);
    expect(await readdir(dir)).toEqual(['outside']);
    expect((await lstat(join(dir, 'outside'))).isFile()).toBe(true);
  });

  test('of dead processes go with a sweep; those of living ones, of strangers and of nobody stay', async () => {
    const before = await make([pid, '1', boot, namespace, machine].join('-'));
    const old = await make([pid, '1', boot].join('-'));
    const kept = [
      ...[await make(own), await make([pid, started, boot].join('-'))],
      ...[await make([pid, started, 'abcdef01', '1', '0123456789ab'].join('-'))],
      ...[`x${own}.${random}`, `${own}.${random}x`, `${own}.0123`, own, 'notes'],
    ];
    for (const name of kept.slice(3)) await mkdir(join(dir, name));
    expect(await openWorkspaces(dir).sweep()).toBe(2);
    expect((await readdir(dir)).sort()).toEqual([...kept].sort());
    expect(kept).not.toContain(before);
    expect(kept).not.toContain(old);
    expect(await openWorkspaces(dir).sweep()).toBe(0);
    expect(await openWorkspaces(join(dir, 'none')).sweep()).toBe(0);
  });

  test('of an earlier boot of this machine go, those of another one with its likeness stay', async () => {
    const owner = [pid, started, 'abcdef01', namespace, machine].join('-');
    await make(owner, 1);
    expect(await openWorkspaces(dir).sweep()).toBe(1);
    await make(owner);
    expect(await openWorkspaces(dir).sweep()).toBe(0);
    // Earlier versions named no machine, so that when it was made tells nothing.
    await make([pid, started, 'abcdef01'].join('-'));
    expect(await openWorkspaces(dir).sweep()).toBe(1);
  });

  test('of a process that is known to be gone go, whatever can be seen from here', async () => {
    const stranger = [pid, started, 'abcdef01', '1', '0123456789ab'].join('-');
    await make(stranger);
    await make(own);
    expect(await openWorkspaces(dir).sweep(stranger)).toBe(1);
    expect(await readdir(dir)).toEqual([`${own}.${random}`]);
    expect((await stat(join(dir, `${own}.${random}`))).isDirectory()).toBe(true);
  });
});
