import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { identifyProcess } from '../../core/process-identity.ts';
import { openWorkspaces } from '../workspaces.ts';
import { defaultLimits } from './artifact-store.ts';
import { FolderArtifactStore } from './folder-store.ts';
import { artifactStoreContract } from './testing/artifact-store.contract.ts';

artifactStoreContract('A folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-artifacts-'));
  const store = new FolderArtifactStore({
    dir: join(dir, 'artifacts'),
    damaged: join(dir, 'damaged'),
    workspaces: openWorkspaces(join(dir, 'tmp')),
  });
  const place = (digest: string, file: string): string =>
    join(dir, 'artifacts', digest.slice(0, 2), digest, 'content', file);
  return {
    store,
    async tamper(digest, file) {
      const path = place(digest, file);
      const { size, mtime } = await stat(path);
      await writeFile(path, 'x'.repeat(size));
      await utimes(path, mtime, mtime);
    },
    lose: (digest, file) => rm(place(digest, file)),
    close: () => rm(dir, { recursive: true, force: true }),
  };
});

describe('an artifact folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-artifacts-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const open = (limits = defaultLimits): FolderArtifactStore =>
    new FolderArtifactStore({
      dir: join(dir, 'artifacts'),
      damaged: join(dir, 'damaged'),
      workspaces: openWorkspaces(join(dir, 'tmp')),
      limits,
    });

  it('leaves nothing in its temporary folder and makes content read-only', async () => {
    const { digest } = await open().put('x', 'text/plain');
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
    const content = join(dir, 'artifacts', digest.slice(0, 2), digest, 'content');
    expect((await stat(content)).mode & 0o777).toBe(0o444);
  });

  it('refuses what is over its limits', async () => {
    await mkdir(join(dir, 'set/a/b/c'), { recursive: true });
    await writeFile(join(dir, 'set/one'), 'x');
    await writeFile(join(dir, 'set/two'), 'x');
    for (const limits of [{ bytes: 1 }, { files: 2 }, { depth: 2 }]) {
      await mkdir(join(dir, 'copy/a/b/c'), { recursive: true });
      await writeFile(join(dir, 'copy/one'), 'x');
      await writeFile(join(dir, 'copy/two'), 'x');
      const adopted = open({ ...defaultLimits, ...limits }).adopt(join(dir, 'copy'), 'set');
      await expect(adopted).rejects.toMatchObject({ code: 'TOW_STORE_ARTIFACT_REFUSED' });
    }
  });

  it('finds a damaged label, and takes the artifact anew', async () => {
    const { digest } = await open().put('x', 'text/plain');
    await writeFile(join(dir, 'artifacts', digest.slice(0, 2), digest, 'artifact.json'), '{"half');
    expect(await open().check(digest)).toBe('damaged');
    await open().put('x', 'text/plain');
    expect(await readFile(await open().open(digest), 'utf8')).toBe('x');
  });

  it('keeps every damaged copy that it replaces', async () => {
    const { digest } = await open().put('good', 'text/plain');
    const entry = join(dir, 'artifacts', digest.slice(0, 2), digest);
    for (const bytes of ['bad1', 'bad2']) {
      await writeFile(join(entry, 'content'), bytes);
      await expect(open().open(digest)).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_TAMPERED',
        where: expect.stringContaining(join(dir, 'damaged', digest)) as string,
      });
      await open().put('good', 'text/plain');
    }
    // One whose label went is replaced without ever being opened.
    await rm(join(entry, 'artifact.json'));
    await open().put('good', 'text/plain');
    const kept = await readdir(join(dir, 'damaged'));
    const texts = kept.sort().map((name) => readFile(join(dir, 'damaged', name, 'content'), 'utf8'));
    expect(await Promise.all(texts)).toEqual(['bad1', 'bad2', 'good']);
    expect(await readFile(await open().open(digest), 'utf8')).toBe('good');
  });

  it('says of what is damaged or missing what it is, and where it is now', async () => {
    const store = open();
    const { digest } = await store.put('x', 'text/plain');
    const name = digest.slice(0, 12);
    const entry = join(dir, 'artifacts', digest.slice(0, 2), digest);
    const kept = (number: number): string => join(dir, 'damaged', `${digest}.${String(number)}`);
    const told = async (
      ask: Promise<unknown>,
      code: string,
      message: string,
      where: string,
      more: object = {},
    ) => expect(ask).rejects.toMatchObject({ code, message, where, data: { digest, ...more } });
    const [tampered, missing] = ['TOW_STORE_ARTIFACT_TAMPERED', 'TOW_STORE_ARTIFACT_MISSING'];
    await rm(join(entry, 'artifact.json'));
    const gone = `the label of artifact ${name} is gone`;
    await told(store.open(digest), tampered, gone, join(kept(1), 'artifact.json'), { kept: kept(1) });
    const damaged = `artifact ${name} was damaged, and nothing has made it anew yet`;
    await told(store.open(digest), tampered, damaged, kept(1), { kept: kept(1) });
    for (let number = 2; number <= 11; number += 1) {
      await store.put('x', 'text/plain');
      await chmod(join(entry, 'artifact.json'), 0o644);
      await writeFile(join(entry, 'artifact.json'), '{"half');
      const half = `the label of artifact ${name} is damaged`;
      await told(store.verify(digest), tampered, half, join(kept(number), 'artifact.json'), {
        kept: kept(number),
      });
    }
    await told(store.verify(digest), tampered, damaged, kept(11), { kept: kept(11) });
    expect(await store.stat(digest)).toBeUndefined();
    await store.put('x', 'text/plain');
    await chmod(join(entry, 'content'), 0o644);
    await writeFile(join(entry, 'content'), 'y');
    await told(
      store.open(digest),
      tampered,
      `artifact ${name}: its file was changed`,
      join(kept(12), 'content'),
    );
    await rm(join(dir, 'damaged'), { recursive: true });
    await told(store.open(digest), missing, `artifact ${name} is not in the store`, entry);
    await store.put('x', 'text/plain');
    await rm(join(entry, 'artifact.json'));
    await mkdir(join(entry, 'artifact.json'));
    await told(
      store.open(digest),
      tampered,
      `the label of artifact ${name} is damaged`,
      join(kept(1), 'artifact.json'),
    );
  });

  it('lists what has a place in it, in order, and nothing else', async () => {
    const store = open();
    const list = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const digest of store.digests()) found.push(digest);
      return found;
    };
    expect(await list()).toEqual([]);
    const digests = [];
    for (let at = 0; at < 30; at += 1) digests.push((await store.put(String(at), 'x')).digest);
    for (const name of ['records', '0', 'abc', 'xaa', 'zz']) {
      await mkdir(join(dir, 'artifacts', name, digestBytes(name)), { recursive: true });
    }
    const [first = ''] = digests;
    await mkdir(join(dir, 'artifacts', first.slice(0, 2), 'notes'));
    await writeFile(join(dir, 'artifacts/ff'), '').catch(() => undefined);
    expect(await list()).toEqual([...digests].sort());
    await rm(join(dir, 'artifacts', first.slice(0, 2), first, 'artifact.json'));
    const infos: string[] = [];
    for await (const { digest } of store.list()) infos.push(digest);
    expect(infos).toEqual(digests.filter((digest) => digest !== first).sort());
  });

  it('makes folders read-only too, down to the deepest, and takes bytes as they come', async () => {
    await mkdir(join(dir, 'set/a/b'), { recursive: true });
    await writeFile(join(dir, 'set/a/b/file'), 'x');
    const { digest } = await open().adopt(join(dir, 'set'), 'set');
    const content = await open().open(digest);
    for (const path of ['', 'a', 'a/b']) expect((await stat(join(content, path))).mode & 0o777).toBe(0o555);
    expect((await stat(join(content, 'a/b/file'))).mode & 0o777).toBe(0o444);
    const parts = (async function* () {
      for (const part of ['one ', 'two']) yield await Promise.resolve(Buffer.from(part));
    })();
    expect((await open().put(parts, 'x')).digest).toBe(digestBytes('one two'));
    for (const bytes of [Buffer.from([0, 255]), new Uint8Array([1])])
      expect((await open().put(bytes, 'x')).digest).toBe(digestBytes(bytes));
  });

  it('refuses a label of a newer version, by name and untouched, whatever is asked of it', async () => {
    const { digest } = await open().put('x', 'text/plain');
    const path = join(dir, 'artifacts', digest.slice(0, 2), digest, 'artifact.json');
    const newer = JSON.stringify({ schema: 2, digest, parts: ['unknown'] });
    await chmod(path, 0o644);
    await writeFile(path, newer);
    const asked = [
      () => open().open(digest),
      () => open().verify(digest),
      () => open().check(digest),
      () => open().stat(digest),
      () => open().put('x', 'text/plain'),
    ];
    for (const ask of asked) {
      await expect(ask()).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_NEWER',
        message: expect.stringMatching(/schema 2, .*up to 1/) as string,
        where: path,
      });
    }
    expect(await readFile(path, 'utf8')).toBe(newer);
    expect(await readdir(dir)).not.toContain('damaged');
  });

  it('takes a copy whose times were lost for what its bytes are', async () => {
    await mkdir(join(dir, 'set'));
    for (const name of ['a', 'b']) await writeFile(join(dir, 'set', name), name);
    const { digest } = await open().adopt(join(dir, 'set'), 'set');
    const file = join(dir, 'artifacts', digest.slice(0, 2), digest, 'content', 'b');
    const { mtimeMs } = await stat(file);
    await utimes(file, 1, 1);
    expect(await open().check(digest)).toBe('present');
    expect(Math.abs((await stat(file)).mtimeMs - mtimeMs)).toBeLessThan(1);
    await chmod(file, 0o644);
    await writeFile(file, 'c');
    expect(await open().check(digest)).toBe('damaged');
  });

  it('never leaves its folder, whatever it is asked for', async () => {
    await expect(open().open('../../etc/passwd' as never)).rejects.toThrow('not a digest');
  });

  it('sweeps the temporary folders of dead processes and spares those of living ones', async () => {
    const dead = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
    const tmp = join(dir, 'tmp');
    const mine = `${identifyProcess() ?? ''}.0123456789ab`;
    await mkdir(join(tmp, mine), { recursive: true });
    await mkdir(join(tmp, `${dead.stdout.trim()}-1-abcdef01.0123456789ab/x/y`), { recursive: true });
    await mkdir(join(tmp, 'somebody-elses'));
    expect(await openWorkspaces(tmp).sweep()).toBe(1);
    expect((await readdir(tmp)).sort()).toEqual([mine, 'somebody-elses'].sort());
  });

  it('reports a full disk as what it is', async (test) => {
    const mount = join(dir, 'small');
    await mkdir(mount);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount]);
    if (mounted.status !== 0) return test.skip('a small file system can only be mounted by root');
    try {
      const store = new FolderArtifactStore({
        dir: join(mount, 'artifacts'),
        damaged: join(mount, 'damaged'),
        workspaces: openWorkspaces(join(mount, 'tmp')),
      });
      await expect(store.put(new Uint8Array(1 << 20), 'x')).rejects.toMatchObject({
        code: 'TOW_STORE_DISK_FULL',
      });
      expect(await readdir(join(mount, 'tmp'))).toEqual([]);
      expect(await store.has((await store.put('small', 'x')).digest)).toBe(true);
    } finally {
      spawnSync('umount', [mount]);
    }
  });

  it('keeps the digest of a file that the world computes', async () => {
    expect((await open().put('abc', 'x')).digest).toBe(digestBytes('abc'));
  });
});
