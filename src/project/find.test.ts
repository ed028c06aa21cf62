import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { findProject } from './find.ts';
import { readProjectFile } from './read.ts';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'towpath-find-')));
});

it('finds the nearest project upwards', async () => {
  await mkdir(join(dir, 'a/b/c'), { recursive: true });
  await writeFile(join(dir, 'towpath.yaml'), '');
  await writeFile(join(dir, 'a/towpath.yaml'), '');
  expect(await findProject({ cwd: join(dir, 'a/b/c') })).toEqual({
    dir: join(dir, 'a'),
    file: join(dir, 'a/towpath.yaml'),
  });
});

it('takes a named folder, or the file itself', async () => {
  await writeFile(join(dir, 'towpath.yaml'), '');
  await writeFile(join(dir, 'other.yaml'), '');
  expect((await findProject({ cwd: '/', named: dir })).file).toBe(join(dir, 'towpath.yaml'));
  expect((await findProject({ cwd: dir, named: 'other.yaml' })).file).toBe(join(dir, 'other.yaml'));
});

it('says what to do when there is none', async () => {
  await expect(findProject({ cwd: dir, named: dir })).rejects.toMatchObject({
    code: 'TOW_PROJECT_NOT_FOUND',
    hint: expect.stringContaining('towpath init') as string,
  });
  await expect(findProject({ cwd: dir, named: 'nope' })).rejects.toMatchObject({
    message: expect.stringContaining('does not exist') as string,
    hint: expect.stringContaining(`towpath init ${join(dir, 'nope')}`) as string,
  });
});

it('names a file that was probably meant to be the project file', async () => {
  await writeFile(join(dir, 'towpath.yml'), '');
  const hint = 'rename towpath.yml to towpath.yaml';
  await expect(findProject({ cwd: dir })).rejects.toMatchObject({ code: 'TOW_PROJECT_NOT_FOUND', hint });
  await expect(findProject({ cwd: dir, named: dir })).rejects.toMatchObject({ hint });
});

it('takes a folder of that name for the project file, so that reading it says what it is', async () => {
  await mkdir(join(dir, 'towpath.yaml'));
  const { file } = await findProject({ cwd: dir });
  expect(await findProject({ cwd: '/', named: file })).toEqual({ dir, file });
  await expect(readProjectFile(file)).rejects.toMatchObject({
    code: 'TOW_PROJECT_UNREADABLE',
    message: expect.stringContaining('it is a folder, not a file') as string,
  });
});
