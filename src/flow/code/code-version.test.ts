import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
      const { cp } = await import('node:fs/promises');
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

  it('names the file that is missing and who imports it', async () => {
    await rm(join(dir, 'lib/other.js'));
    await expect(version()).rejects.toMatchObject({
      code: 'TOW_FLOW_CODE_UNREADABLE',
      message: expect.stringMatching(/other\.js, which .*far\.js imports/) as string,
    });
  });
});
