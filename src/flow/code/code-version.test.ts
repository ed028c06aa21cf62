import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodeVersions } from './code-version.ts';

describe('the version of a step’s code', () => {
  let dir: string;
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const version = (): Promise<string> => new CodeVersions().of(pathToFileURL(join(dir, 'src/step.js')).href);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-code-'));
    await write(
      'src/step.js',
      `import './near.js'; import { x } from '../lib/far.js'; import fs from 'node:fs'; import pkg from '@a/pkg/deep.js';
       const late = () => import('./late.js'); const file = new URL('./prompt.txt', import.meta.url);
       const trainer = new URL('../trainer/', import.meta.url);`,
    );
    for (const path of ['src/near.js', 'src/late.js', 'lib/other.js']) await write(path, '1;');
    await write('lib/far.js', `export { x } from './other.js';`);
    await write('src/prompt.txt', 'say');
    await write('trainer/train.py', 'pass');
    await write('node_modules/@a/pkg/package.json', '{"version":"1.0.0","dependencies":{"b":"^1"}}');
    await write('node_modules/b/package.json', '{"version":"1.0.0","optionalDependencies":{"not-here":"1"}}');
    await write('src/unrelated.js', '1;');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it.each([
    ['src/near.js', '2;'],
    ['src/late.js', '2;'],
    ['lib/other.js', '2;'],
    ['src/prompt.txt', 'sing'],
    ['trainer/train.py', 'raise'],
    ['trainer/new.py', ''],
    ['node_modules/@a/pkg/package.json', '{"version":"1.0.1","dependencies":{"b":"^1"}}'],
  ])('changes with %s', async (path, text) => {
    const before = await version();
    await write(path, text);
    // Installed packages are looked up once a process: a second folder stands for a second process.
    const other = `${dir}-copy`;
    if (path.startsWith('node_modules')) {
      await cp(dir, other, { recursive: true });
      const copied = await new CodeVersions().of(pathToFileURL(join(other, 'src/step.js')).href);
      await rm(other, { recursive: true });
      expect(copied).not.toBe(before);
    } else expect(await version()).not.toBe(before);
  });

  it('stays the same for the same code, in another place, whatever else changes', async () => {
    const before = await version();
    await write('src/unrelated.js', '2;');
    expect(await version()).toBe(before);
  });

  it.each([
    ['notes beside the code', 'src/notes.js', '1;'],
    ['tests of a program that it runs', 'trainer/tests/test.py', 'pass'],
    ['what that program compiled', 'trainer/__pycache__/x.pyc', '1'],
    ['packages that it does not reach', 'node_modules/c/package.json', '{"version":"2.0.0"}'],
  ])('stays the same with other %s', async (_, path, text) => {
    const before = await version();
    await write(path, text);
    expect(await version()).toBe(before);
  });

  it('stays the same with a link in a folder that it reaches, and changes with a name there', async () => {
    const before = await version();
    await symlink('nowhere', join(dir, 'trainer/link'));
    const linked = await version();
    expect(linked).not.toBe(before);
    await rename(join(dir, 'trainer/train.py'), join(dir, 'trainer/fit.py'));
    expect(await version()).not.toBe(linked);
  });

  it('goes with what a file says now, also where it was read before', async () => {
    const versions = new CodeVersions();
    const module = pathToFileURL(join(dir, 'src/step.js')).href;
    const before = await versions.of(module);
    expect(await versions.of(module)).toBe(before);
    await write('src/near.js', '23;');
    const after = await versions.of(module);
    expect(after).not.toBe(before);
    expect(await version()).toBe(after);
  });

  it('follows each kind of module, and nothing that only looks like one', async () => {
    await write(
      'src/step.js',
      `import './a.mjs'; import './b.cjs'; import 'data:text/javascript,1'; import 'node:os'; import 'fs';
       import './ring.js'; const data = new URL('./data.json', import.meta.url); import(name); import('./' + name);`,
    );
    await write('src/a.mjs', `import './deep.js';`);
    await write('src/b.cjs', `import './deeper.js';`);
    await write('src/ring.js', `import './step.js';`);
    await write('src/data.json', `import './nowhere.js';`);
    for (const path of ['src/deep.js', 'src/deeper.js']) {
      await write(path, '1;');
      await write('src/deep.js', '1;');
      await write('src/deeper.js', '1;');
      const before = await version();
      await write(path, '2;');
      expect(await version()).not.toBe(before);
    }
  });

  it('names the file that is missing and who imports it', async () => {
    await rm(join(dir, 'lib/other.js'));
    await expect(version()).rejects.toMatchObject({
      code: 'TOW_FLOW_CODE_UNREADABLE',
      message: expect.stringMatching(/other\.js, which .*far\.js imports/) as string,
    });
  });

  it('names the module itself where that is missing', async () => {
    await rm(join(dir, 'src/step.js'));
    await expect(version()).rejects.toMatchObject({
      ...{ where: join(dir, 'src/step.js'), message: expect.stringContaining('the plan') as string },
    });
  });

  describe('by its packages', () => {
    const install = (place: string, version: string, more: object = {}) =>
      write(`${place}/package.json`, JSON.stringify({ version, ...more }));
    /** Installed packages are looked up once a process: every state has a place of its own. */
    let copies = 0;
    const versionOf = async (source: string): Promise<string> => {
      await write('src/step.js', source);
      const copy = join(dir, `copy-${String((copies += 1))}`);
      for (const part of ['src', 'node_modules'])
        await cp(join(dir, part), join(copy, part), { recursive: true });
      return await new CodeVersions().of(pathToFileURL(join(copy, 'src/step.js')).href);
    };

    it('knows a package by its name, whichever of its files is imported', async () => {
      await install('node_modules/c', '1.0.0');
      await install('node_modules/@a/pkg', '1.0.0');
      for (const specifier of ['c', 'c/deep.js', 'c/deep/er.js', '@a/pkg', '@a/pkg/deep/er.js'])
        await expect(versionOf(`import '${specifier}';`)).resolves.toBeDefined();
    });

    it('names one that is not installed, and who imports it', async () => {
      await expect(versionOf(`import 'none/deep.js';`)).rejects.toMatchObject({
        code: 'TOW_FLOW_CODE_UNREADABLE',
        cause: {
          message: expect.stringMatching(/^the package none is not installed \(from .*step\.js\)$/) as string,
        },
      });
      await install('node_modules/c', '1.0.0', { dependencies: { none: '1' } });
      await expect(versionOf(`import 'c';`)).rejects.toMatchObject({ code: 'TOW_FLOW_CODE_UNREADABLE' });
    });

    it('does without optional ones, also where npm lists them twice, and goes with them once they are there', async () => {
      const optional = { dependencies: { d: '1' }, optionalDependencies: { d: '1', e: '1' } };
      await install('node_modules/c', '1.0.0', optional);
      const without = await versionOf(`import 'c';`);
      await install('node_modules/d', '1.0.0');
      const one = await versionOf(`import 'c';`);
      await install('node_modules/e', '1.0.0');
      expect(new Set([without, one, await versionOf(`import 'c';`)]).size).toBe(3);
    });

    it('goes with each of two versions that are installed at once, and with packages that need one another', async () => {
      await install('node_modules/c', '1.0.0', { dependencies: { d: '1', x: '2' } });
      await install('node_modules/d', '1.0.0', { dependencies: { c: '1', x: '1' } });
      await install('node_modules/x', '2.0.0');
      const before = await versionOf(`import 'c';`);
      await install('node_modules/d/node_modules/x', '1.0.0');
      const both = await versionOf(`import 'c';`);
      await install('node_modules/d/node_modules/x', '1.0.1');
      const other = await versionOf(`import 'c';`);
      await install('node_modules/x', '2.0.1');
      expect(new Set([before, both, other, await versionOf(`import 'c';`)]).size).toBe(4);
    });

    it('takes one without a version for what it is, and refuses a manifest that is none', async () => {
      await write('node_modules/c/package.json', '{}');
      await expect(versionOf(`import 'c';`)).resolves.toBeDefined();
      await write('node_modules/c/package.json', '{"half');
      await expect(versionOf(`import 'c';`)).rejects.toMatchObject({ code: 'TOW_FLOW_CODE_UNREADABLE' });
    });
  });
});
