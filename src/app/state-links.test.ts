import { mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkStore } from './doctor/store.ts';
import { openTowpath } from './open.ts';
import { changeTrust } from './trust.ts';

let world: string;
let dir: string;
beforeEach(async () => {
  world = await realpath(await mkdtemp(join(tmpdir(), 'links-')));
  dir = join(world, 'project');
  await mkdir(dir);
  await mkdir(join(world, 'victim'));
});
afterEach(() => rm(world, { recursive: true }));

const env = (): Record<string, string> => ({ XDG_CONFIG_HOME: join(world, 'config') });
const open = (file = 'towpath.yaml') => openTowpath({ dir, file: join(dir, file) }, env());

async function link(name: string, target = join(world, 'victim')): Promise<string> {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  await symlink(target, join(dir, name));
  return join(dir, name);
}

test.each([
  ['.towpath', 'towpath.yaml'],
  ['.towpath/logs', 'towpath.yaml'],
  ['.towpath/tmp', 'towpath.yaml'],
  ['.towpath/artifacts/records', 'towpath.yaml'],
  ['.towpath/artifacts/records/results', 'towpath.yaml'],
  ['.towpath/run/engines', 'towpath.yaml'],
  ['.towpath/keep/pip/@node-llama-cpp', 'towpath.yaml'],
  ['.towpath/variants', 'other.yaml'],
  ['.towpath/variants/other/logs', 'other.yaml'],
])('a link %s out of the project needs trust, and until then nothing is written', async (name, file) => {
  const path = await link(name);
  const victim = join(world, 'victim');
  const towpath = await open(file);
  const refused = {
    code: 'TOW_PROJECT_UNTRUSTED',
    exitCode: 2,
    where: path,
    hint: expect.stringContaining(`\`towpath trust --project ${dir} --path ${victim}\``) as string,
  };
  await expect(towpath.runs()).rejects.toMatchObject(refused);
  await expect(towpath.repair()).rejects.toMatchObject(refused);
  expect(await readdir(victim)).toEqual([]);
  await towpath.close();
  await changeTrust({ dir, file: '' }, { asks: [{ kind: 'path', value: victim }] }, env());
  const trusting = await open(file);
  expect(await trusting.runs()).toEqual([]);
  await trusting.close();
});

test('a link to a place in the project is the project’s own', async () => {
  await mkdir(join(dir, 'state'));
  await link('.towpath', 'state');
  const towpath = await open();
  expect(await towpath.runs()).toEqual([]);
  await towpath.close();
  expect(await readdir(join(dir, 'state'))).toContain('towpath.db');
  await link('state/logs');
  await expect((await open()).runs()).rejects.toMatchObject({ code: 'TOW_PROJECT_UNTRUSTED' });
});

test('the doctor writes through no such link either', async () => {
  await link('.towpath/artifacts');
  expect(await checkStore(dir, env())).toMatchObject({ state: 'fail', lacks: 'project' });
  expect(await readdir(join(world, 'victim'))).toEqual([]);
});
