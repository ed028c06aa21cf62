import { link, mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes, digestJson } from '../../core/digest.ts';
import { defaultLimits } from './artifact-store.ts';
import { contentDigest, hashFile, syncFolder, takeInventory } from './inventory.ts';
import type { Label } from './label.ts';
import { compareWithLabel, fingerprint, putTimesBack, verifyContent } from './verify.ts';

describe('the content of an artifact', () => {
  let dir: string;
  const at = (name: string): string => join(dir, name);
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(at(name), '..'), { recursive: true });
      await writeFile(at(name), text);
    }
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-content-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const take = (limits: Partial<typeof defaultLimits> = {}, root = dir) =>
    takeInventory(root, { ...defaultLimits, ...limits });
  /** Of what, and why. */
  const words = async (limits: Partial<typeof defaultLimits>, root?: string): Promise<string> =>
    ((await take(limits, root).catch((thrown: unknown) => thrown)) as Error).message;
  const refusedFor = async (limits: Partial<typeof defaultLimits>, root?: string): Promise<string> => {
    const error: unknown = await take(limits, root).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOW_STORE_ARTIFACT_REFUSED', where: expect.any(String) as string });
    return (error as { where: string }).where;
  };

  test('is listed by path, folders with a stroke, with what it weighs', async () => {
    await write({ 'b/c': '12345', 'b-a': '1', a: '' });
    await mkdir(at('b/empty'));
    const { kind, bytes, entries } = await take();
    expect([kind, bytes]).toEqual(['folder', 6]);
    expect(entries.map(({ path, size, shared }) => [path, size, shared])).toEqual([
      ...[
        ['a', 0, false],
        ['b-a', 1, false],
        ['b/', 0, false],
        ['b/c', 5, false],
        ['b/empty/', 0, false],
      ],
    ]);
    expect(await take({}, at('b/c'))).toMatchObject({
      kind: 'file',
      bytes: 5,
      entries: [{ path: '', size: 5 }],
    });
    expect(await take({}, at('b/empty'))).toMatchObject({ kind: 'folder', bytes: 0, entries: [] });
    await link(at('a'), at('twin'));
    expect((await take()).entries.map(({ shared }) => shared)).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  test('may reach its limits and not pass them', async () => {
    await write({ 'a/b/c': '12345', 'a/d': '12' });
    for (const [limit, most, where] of [
      ['bytes', 7, 'a/d'],
      ['files', 4, ''],
      ['depth', 2, 'a/b'],
      ['path', 5, 'a/b/c'],
    ] as const) {
      await expect(take({ [limit]: most })).resolves.toBeDefined();
      const found = await refusedFor({ [limit]: most - 1 });
      if (where !== '' && limit !== 'bytes') expect(found).toBe(where);
    }
    expect(await refusedFor({ bytes: 4 }, at('a/b/c'))).toBe('.');
    expect(await words({ bytes: 4 }, at('a/b/c'))).toBe('the output is over 4 bytes');
    expect(await words({ files: 0 }, at('a/b/c'))).toBe('the output is over 0 files');
    expect(await words({ depth: 1 })).toBe('a/b is deeper than 1 folders');
    expect(await words({ path: 4 })).toBe('a/b/c is a path over 4 characters');
  });

  test.each(['tab\tname', 'back\\slash', 'line\nbreak', '\u0001'])('has no names like %j', async (name) => {
    await write({ [`a/${name}`]: '' });
    expect(await refusedFor({})).toBe(`a/${name}`);
    expect(await words({})).toBe(`a/${name} is a name that other systems refuse`);
  });

  test('has no links', async () => {
    await mkdir(at('a'));
    await symlink('nowhere', at('a/link'));
    expect(await refusedFor({})).toBe('a/link');
    expect(await refusedFor({}, at('a/link'))).toBe('.');
    expect(await words({})).toBe('a/link is a link');
    await rm(at('a/link'));
    expect(await words({}, '/dev/null')).toBe('the output is a special file');
  });

  test('is named by its bytes, or by the list of what is in it', async () => {
    const bytes = Buffer.alloc((1 << 20) + 1, 'x');
    await writeFile(at('a'), bytes);
    for (const options of [{}, { durable: true }])
      expect(await hashFile(at('a'), options)).toBe(digestBytes(bytes));
    await writeFile(at('empty'), '');
    expect(await hashFile(at('empty'))).toBe(digestBytes(''));
    await symlink('a', at('link'));
    await expect(hashFile(at('link'))).rejects.toThrow();
    await expect(hashFile(at('a'), { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(syncFolder(dir)).resolves.toBeUndefined();
    const list = [['a', 1, digestBytes('a')]] as const;
    expect(contentDigest('file', list)).toBe(digestBytes('a'));
    expect(contentDigest('folder', list)).toBe(digestJson({ folder: list }));
    expect(contentDigest('folder', [])).not.toBe(contentDigest('folder', list));
  });

  describe('beside its label', () => {
    const names = Array.from({ length: 40 }, (_, at) => `f${String(at).padStart(2, '0')}`);
    let label: Label;
    beforeEach(async () => {
      const files = names.map((name): [string, string] => [`set/${name}`, name]);
      await write(Object.fromEntries<string>([...files, ['set/sub/x', 'x']]));
      const { bytes, entries } = await take({}, at('set'));
      const listed = entries.map(({ path, size, mtimeMs }): Label['entries'][number] => [
        ...([path, size] as const),
        ...([path.endsWith('/') ? '' : digestBytes(path === 'sub/x' ? 'x' : path), mtimeMs] as const),
      ]);
      const digest = contentDigest(
        'folder',
        listed.map(([path, size, sha256]) => [path, size, sha256] as const),
      );
      label = { schema: 1, digest, kind: 'folder', media: 'set', bytes, entries: listed };
    });
    const compare = () => compareWithLabel(at('set'), label);
    const verify = (changes: Partial<Label> = {}, read?: (bytes: number) => void) => {
      const given = { ...label, ...changes };
      const options = { ...(read && { read }) };
      return verifyContent(at('set'), given, given.digest as never, defaultLimits, options);
    };

    test('is present, and verified to its last byte, when nothing was done to it', async () => {
      expect(await compare()).toBe('present');
      let read = 0;
      await verify({}, (bytes) => (read += bytes));
      expect(read).toBe(label.bytes);
    });

    test.each<[string, string | undefined, string | undefined, () => Promise<unknown>]>([
      ['a file is gone', 'TOW_STORE_ARTIFACT_MISSING', 'f39', () => rm(at('set/f39'))],
      [
        'a folder is gone',
        'TOW_STORE_ARTIFACT_MISSING',
        'sub/',
        () => rm(at('set/sub'), { recursive: true }),
      ],
      ['a file has grown', 'TOW_STORE_ARTIFACT_TAMPERED', 'f20', () => writeFile(at('set/f20'), 'more')],
      [
        ...(['a file is a folder', 'TOW_STORE_ARTIFACT_MISSING', 'f00'] as const),
        () => rm(at('set/f00')).then(() => mkdir(at('set/f00'))),
      ],
      [
        ...(['a folder is a file', 'TOW_STORE_ARTIFACT_MISSING', 'sub/'] as const),
        () => rm(at('set/sub'), { recursive: true }).then(() => writeFile(at('set/sub'), '')),
      ],
      ['all is gone', 'TOW_STORE_ARTIFACT_MISSING', '', () => rm(at('set'), { recursive: true })],
    ])('is damaged when %s', async (_, code, file, damage) => {
      await damage();
      expect(await compare()).toBe('damaged');
      const error: unknown = await verify().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, data: { digest: label.digest, file } });
      const told =
        file === ''
          ? 'its content is gone'
          : `${file ?? ''} ${code === 'TOW_STORE_ARTIFACT_MISSING' ? 'is gone' : 'was changed'}`;
      expect((error as Error).message).toBe(`artifact ${label.digest.slice(0, 12)}: ${told}`);
    });

    test('is only verified not to have other bytes, more files or links', async () => {
      await writeFile(at('set/f05'), 'F05');
      await utimes(at('set/f05'), 1, (label.entries[5]?.[3] ?? 0) / 1000);
      expect(await compare()).toBe('present');
      await expect(verify()).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_TAMPERED',
        where: at('set/f05'),
      });
      await writeFile(at('set/f05'), 'f05');
      await expect(verify()).resolves.toBeUndefined();
      await writeFile(at('set/more'), '');
      await expect(verify()).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_TAMPERED',
        data: { file: 'more' },
      });
      await rm(at('set/more'));
      await symlink('f00', at('set/link'));
      await expect(verify()).rejects.toMatchObject({
        code: 'TOW_STORE_ARTIFACT_TAMPERED',
        data: { file: 'link' },
      });
    });

    test('is not what a label says whose list was changed', async () => {
      const entries = label.entries.slice(1);
      const digest = label.digest;
      await expect(verify({ entries, digest })).rejects.toMatchObject({
        ...{ code: 'TOW_STORE_ARTIFACT_TAMPERED', data: { digest, file: '' } },
        message: expect.stringMatching(/: its list of files was changed$/) as string,
      });
    });

    test('is touched when times alone differ, until they are put back', async () => {
      const before = await fingerprint(at('set'), label);
      for (const name of ['f00', 'f39']) await utimes(at(`set/${name}`), 1, 1);
      await utimes(at('set/sub'), 1, 1);
      expect(await compare()).toBe('touched');
      expect(await fingerprint(at('set'), label)).not.toBe(before);
      await putTimesBack(at('set'), label);
      expect(await compare()).toBe('present');
      expect((await stat(at('set/sub'))).mtimeMs).toBe(1000);
      const after = await fingerprint(at('set'), label);
      expect(await fingerprint(at('set'), label)).toBe(after);
      expect(new Set(after?.split(',')).size).toBe(label.entries.length);
      await rm(at('set/f39'));
      expect(await fingerprint(at('set'), label)).toBeUndefined();
      await expect(putTimesBack(at('set'), label)).resolves.toBeUndefined();
    });

    test('of an empty folder is there or not', async () => {
      const empty = { ...label, entries: [] };
      await mkdir(at('empty'));
      expect(await compareWithLabel(at('empty'), empty)).toBe('present');
      expect(await compareWithLabel(at('none'), empty)).toBe('damaged');
    });
  });
});
