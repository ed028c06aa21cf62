import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../core/messages/message.ts';
import { makeFolder, notAFolder } from './make-folder.ts';

describe('making a folder', () => {
  let dir: string;
  const at = (name: string): string => join(dir, name);
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-make-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const refused = (path: string, expected: object, hint = say('flow.start')): void => {
    const error = expect.objectContaining(expected) as Error;
    expect(() => makeFolder(path, undefined, hint)).toThrow(error);
  };

  test('makes those above it, with their rights, and lets one that is there be', async () => {
    makeFolder(at('a/b/c'), 0o700);
    makeFolder(at('a/b/c'), 0o755);
    expect((await stat(at('a/b/c'))).mode & 0o777).toBe(0o700);
    makeFolder(dir);
  });

  test('names what is in the way, be it itself or above it, and what to do', async () => {
    await writeFile(at('file'), '');
    await symlink('nowhere', at('link'));
    await symlink('ring', at('ring'));
    for (const [name, what] of [
      ['file', 'a file'],
      ['link', 'a link'],
      ['ring', 'a link'],
    ] as const)
      for (const below of ['', '/x', '/x/y'])
        refused(at(`${name}${below}`), {
          ...{ code: 'TOW_STORE_NOT_A_FOLDER', where: at(name) },
          message: expect.stringContaining(what) as string,
          hint: expect.stringContaining('towpath') as string,
        });
    expect(() => makeFolder(at('file'))).toThrow(
      expect.objectContaining({ code: 'TOW_STORE_NOT_A_FOLDER', cause: expect.any(Error) as Error }) as Error,
    );
  });

  test('tells a place where none can be made from one where something is', () => {
    refused('/proc/towpath/x', {
      ...{ code: 'TOW_STORE_NOT_WRITABLE', cause: expect.any(Error) as Error },
      message: expect.stringContaining('/proc') as string,
    });
  });

  test('of a name that no file system takes gives the system’s word', () => {
    expect(() => makeFolder(at('x'.repeat(300)))).toThrow(
      expect.objectContaining({ code: 'ENAMETOOLONG' }) as Error,
    );
  });

  test('finds nothing in the way where a folder is, or can be', async () => {
    await mkdir(at('a'));
    await symlink('a', at('to-a'));
    await chmod(at('a'), 0o755);
    for (const name of ['a', 'a/b/c', 'to-a', 'to-a/b']) expect(notAFolder(at(name))).toBeUndefined();
    await writeFile(at('file'), '');
    expect(notAFolder(at('file/x'))).toMatchObject({ code: 'TOW_STORE_NOT_A_FOLDER', where: at('file') });
  });
});
