import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolders } from './make-folders.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'folders-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('folders are made with those above them, in the mode asked for; those that are there stay as they are', () => {
  const before = statSync(dir).mode;
  makeFolders(join(dir, 'a/b'), 0o700);
  makeFolders(join(dir, 'a/b'));
  expect(statSync(join(dir, 'a')).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, 'a/b')).mode & 0o777).toBe(0o700);
  expect(statSync(dir).mode).toBe(before);
});

test('a file or a link to nowhere in the way is an error', () => {
  writeFileSync(join(dir, 'file'), '');
  symlinkSync(join(dir, 'nowhere'), join(dir, 'link'));
  expect(() => makeFolders(join(dir, 'file'))).toThrow('EEXIST');
  expect(() => makeFolders(join(dir, 'file/below'))).toThrow('EEXIST');
  expect(() => makeFolders(join(dir, 'link'))).toThrow('EEXIST');
});

test.runIf(process.platform === 'linux')('a place that takes no folders is an error, at once', () => {
  for (const path of ['/proc/towpath', '/proc/towpath/below'])
    expect(() => makeFolders(path)).toThrow(/ENOENT|EACCES|EPERM/);
});
