import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePages } from './write-pages.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-pages-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('replaces a link in the place of a page, and leaves what it leads to alone', async () => {
  await writeFile(join(dir, 'mine'), 'mine');
  await mkdir(join(dir, 'pages'));
  await symlink(join(dir, 'mine'), join(dir, 'pages/report.html'));
  await writePages(join(dir, 'pages'), { 'report.html': 'drawn' });
  expect(await readFile(join(dir, 'mine'), 'utf8')).toBe('mine');
  expect(await readFile(join(dir, 'pages/report.html'), 'utf8')).toBe('drawn');
});

it('leaves whole pages and nothing else when two draw at once', async () => {
  const text = 'x'.repeat(1 << 20);
  const pages = { 'report.html': text, 'report.md': text };
  await Promise.all([1, 2, 3].map(() => writePages(join(dir, 'pages'), pages)));
  expect((await readdir(join(dir, 'pages'))).sort()).toEqual(['report.html', 'report.md']);
  expect(await readFile(join(dir, 'pages/report.html'), 'utf8')).toBe(text);
});

it('says what is in the way of a page', async () => {
  await mkdir(join(dir, 'pages/report.html/x'), { recursive: true });
  await expect(writePages(join(dir, 'pages'), { 'report.html': '' })).rejects.toThrow();
  expect(await readdir(join(dir, 'pages'))).toEqual(['report.html']);
});
