import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveAside, moveTogetherAside, putTogetherBack } from './set-aside.ts';

describe('what is damaged', () => {
  let dir: string;
  const at = (name: string): string => join(dir, name);
  const text = (name: string): Promise<string> => readFile(at(name), 'utf8');
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-aside-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('goes to the next free number, whether it is a file or a folder, and takes nothing else’s place', async () => {
    for (const content of ['one', 'two']) {
      await writeFile(at('a'), content);
      await moveAside(at('a'), at('kept/a'));
    }
    await mkdir(at('kept/a.3'));
    await mkdir(at('a'));
    await writeFile(at('a/file'), 'three');
    expect(await moveAside(at('a'), at('kept/a'))).toBe(at('kept/a.4'));
    expect(await Promise.all(['kept/a.1', 'kept/a.2', 'kept/a.4/file'].map(text))).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(await readdir(at('kept/a.3'))).toEqual([]);
    expect(await readdir(dir)).toEqual(['kept']);
    expect((await stat(at('kept'))).mode & 0o777).toBe(0o700);
  });

  test('is told to be nowhere when it was not there; what else went wrong is told as it is', async () => {
    expect(await moveAside(at('none'), at('kept/none'))).toBeUndefined();
    await mkdir(at('a'));
    await expect(moveAside(at('a'), at('a/kept'))).rejects.toMatchObject({ code: 'EINVAL' });
    await writeFile(at('file'), '');
    await expect(moveAside(at('a'), at('file/kept'))).rejects.toThrow();
  });

  test('goes together into one folder, what of it there is, and comes back over what is there then', async () => {
    const files = ['db', 'db-wal', 'db-shm'].map(at);
    expect(await moveTogetherAside(files, at('kept/db'))).toBeUndefined();
    expect(await readdir(dir)).toEqual([]);
    await writeFile(at('db'), 'old');
    await writeFile(at('db-wal'), 'old log');
    const folder = await moveTogetherAside(files, at('kept/db'));
    expect(folder).toBe(at('kept/db.1'));
    expect((await readdir(at('kept/db.1'))).sort()).toEqual(['db', 'db-wal']);
    expect((await stat(at('kept'))).mode & 0o777).toBe(0o700);
    await writeFile(at('db'), 'new');
    expect(await moveTogetherAside(files, at('kept/db'))).toBe(at('kept/db.2'));
    for (const name of ['db', 'db-shm']) await writeFile(at(name), 'newer');
    await putTogetherBack(files, at('kept/db.1'));
    expect((await readdir(dir)).sort()).toEqual(['db', 'db-wal', 'kept']);
    expect(await Promise.all(['db', 'db-wal'].map(text))).toEqual(['old', 'old log']);
    expect(await readdir(at('kept'))).toEqual(['db.2']);
  });

  test('stays where it is when there is no place for it, and that is told', async () => {
    await writeFile(at('db'), 'x');
    await writeFile(at('kept'), 'in the way');
    await expect(moveTogetherAside([at('db')], at('kept/db'))).rejects.toThrow();
    expect(await text('db')).toBe('x');
  });
});
