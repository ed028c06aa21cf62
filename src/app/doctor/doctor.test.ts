import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toyFile, toySections } from '../../project/testing/toy-sections.ts';
import { render } from '../../core/messages/message.ts';
import { englishIn } from '../../core/messages/testing/english.ts';
import { checkRecord } from './check.ts';
import { checkCores, checkDisk, checkMemory, checkNode } from './machine.ts';
import { checkPort } from './port.ts';
import { checkFolder, checkLock, checkProjectFile } from './project.ts';
import { checkPython, checkPythonEnvironments } from './python.ts';
import { checkStore } from './store.ts';

const folder = () => mkdtemp(join(tmpdir(), 'towpath-doctor-test-'));

describe('doctor', () => {
  it('asks for Node.js 20.19 or newer', () => {
    expect(['18.20.0', '20.18.9', '20.19.0', '24.0.1'].map((version) => checkNode(version).state)).toEqual([
      'fail',
      'fail',
      'ok',
      'ok',
    ]);
  });

  it('misses Python where there is none: a failure only when the project needs it', async () => {
    const env = { PATH: await folder() };
    expect(checkRecord(await checkPython(env, true))).toMatchObject({
      state: 'fail',
      lacks: 'machine',
      found: 'no Python on the PATH',
    });
    expect(await checkPython(env, false)).toMatchObject({ state: 'warn' });
  });

  it('tells an old Python, and one that cannot make environments', async () => {
    const dir = await folder();
    const pretend = (line: string) =>
      writeFile(join(dir, 'python3'), `#!/bin/sh\necho ${line}\n`, { mode: 0o755 });
    await pretend('3 9 2 1 1');
    expect(checkRecord(await checkPython({ PATH: dir }, true)).found).toBe(
      'Python 3.9.2 (python3), and 3.11 or newer is needed',
    );
    await pretend('3 12 1 1 0');
    const check = checkRecord(await checkPython({ PATH: dir }, true));
    expect(check.found).toBe('Python 3.12.1 (python3), without venv and pip');
    expect(check.fix).toContain('python3.12-venv');
    await pretend('3 12 1 1 1');
    expect((await checkPython({ PATH: dir }, true)).state).toBe('ok');
  });

  it('tells where the packages of Python steps are and what they take, and makes nothing', async () => {
    const home = await folder();
    const place = join(home, '.cache', 'towpath', 'python');
    const check = async () => checkRecord(await checkPythonEnvironments({ HOME: home }, undefined));
    expect(await check()).toMatchObject({ state: 'ok', found: `none yet; kept in ${place}` });
    expect(await readdir(home)).toEqual([]);
    await mkdir(join(place, 'train-0123456789ab', 'lib'), { recursive: true });
    await writeFile(join(place, 'train-0123456789ab', 'lib', 'torch'), Buffer.alloc(3 * 2 ** 20));
    expect(await check()).toMatchObject({ state: 'ok', found: `1 environment · 3.0 MiB · ${place}` });
    const without = checkRecord(await checkPythonEnvironments({}, home));
    expect(without).toMatchObject({
      state: 'warn',
      found: 'none yet; kept in each project (HOME is not set)',
    });
    expect(without.fix).toContain('XDG_CACHE_HOME');
  });

  it('names who holds a port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const taken = checkRecord(await checkPort('127.0.0.1', port, undefined));
    await new Promise((resolve) => server.close(resolve));
    expect(taken.state).toBe('warn');
    if (process.platform === 'linux') expect(taken.found).toContain(`(pid ${process.pid})`);
    expect((await checkPort('127.0.0.1', port, undefined)).state).toBe('ok');
  });

  it('looks for no holder of a port that the system is to choose', async () => {
    const { state, found } = checkRecord(await checkPort('127.0.0.1', 0, undefined));
    expect({ state, found }).toEqual({ state: 'ok', found: 'the system chooses one that is free' });
  });

  it('reads what the project needs, and reports a broken one as the project’s fault', async () => {
    const dir = await folder();
    const sections = () => Promise.resolve(toySections);
    await writeFile(
      join(dir, 'towpath.yaml'),
      `${toyFile}serve: { port: 7500 }\nmodels: { from: [{ pip: a, file: b }] }\n`,
    );
    expect(await checkProjectFile(dir, sections, {})).toMatchObject({
      port: 7500,
      needsPython: true,
      check: { state: 'ok' },
    });
    await writeFile(join(dir, 'towpath.yaml'), 'project: a\n');
    const { check } = await checkProjectFile(dir, sections, {});
    expect(check).toMatchObject({ state: 'fail', lacks: 'project' });
    expect(render(check.found, 'zh')).toBe('towpath.yaml 有 1 处错误；第一处在第 1 行：sources 缺失');
    expect((await checkProjectFile(undefined, sections, {})).check.state).toBe('warn');
  });

  it('tells a folder that cannot be written, and a record that a dead service left', async () => {
    const dir = await folder();
    expect((await checkFolder(dir)).state).toBe('ok');
    expect((await checkFolder(join(dir, 'nope'))).state).toBe('fail');
    const blocked = await folder();
    await writeFile(join(blocked, '.towpath'), '');
    expect(await checkFolder(blocked)).toMatchObject({ state: 'fail', lacks: 'project' });
    expect(checkRecord(await checkFolder(blocked)).found).toContain(
      'is a file, and a folder is needed there',
    );
    await mkdir(join(dir, 'run'));
    expect(checkRecord(await checkLock(join(dir, 'run/up.json'))).found).toBe('not running');
    await writeFile(join(dir, 'run/up.json'), '{"process":"1-0-0"}');
    expect((await checkLock(join(dir, 'run/up.json'))).state).toBe('warn');
  });

  it('says in Chinese what it finds and what to do', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'up.json'), '{"process":"1-0-0"}');
    const checks = [
      checkNode('18.0.0'),
      checkCores(),
      checkMemory(),
      await checkDisk(dir),
      await checkPython({ PATH: dir }, true),
      await checkPythonEnvironments({}, dir),
      await checkFolder(join(dir, 'nope')),
      await checkLock(join(dir, 'up.json')),
      (await checkProjectFile(undefined, () => Promise.resolve(toySections), {})).check,
      await checkStore(await folder(), {}),
      await checkPort('127.0.0.1', 0, undefined),
    ];
    const names = [
      'Node.js',
      'Python',
      'Debian',
      'Ubuntu',
      'node',
      'python',
      'chown',
      'chmod',
      'ENOENT',
      'PATH',
    ];
    const urls = ['https://nodejs.org', 'https://www.python.org/downloads'];
    const given = [...names, ...urls, dir, 'HOME', 'towpath.yaml', 'nope', 'up.json'];
    for (const { name, found, fix = '' } of checks) {
      const said = [name, found, fix].map((text) => render(text, 'zh')).join('\n');
      expect([said, englishIn(said, given)]).toEqual([said, []]);
    }
  });
});
