import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseDetail } from '../../src/app/records/release.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start } from '../product/command.ts';
import type { TestProject } from '../product/project.ts';

const kept = join(import.meta.dirname, '../releases');
const versions = (await readdir(kept)).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

it('a release of this version is kept', () => {
  expect(versions).toContain('0.1.0');
});

/** `test/releases/make.mjs` makes them; a copy in place of the state folder is how a backup is restored. */
describe.each(versions)('a release made by version %s', (version) => {
  let project: Pick<TestProject, 'dir' | 'remove'>;
  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'towpath-kept-'));
    project = { dir, remove: () => rm(dir, { recursive: true, force: true }) };
    await cp(join(kept, 'project'), dir, { recursive: true });
    await cp(join(kept, version), join(dir, '.towpath'), { recursive: true });
  });
  afterAll(() => endProject(project));

  it('is whole, and shown with what it is made of', async () => {
    expect(await run(project, ['verify'])).toMatchObject({ exitCode: 0, stderr: '' });
    const { name, manifest } = await json<ReleaseDetail>(project, 'release', 'show', 'r1');
    expect(name).toBe('r1');
    expect(manifest).toMatchObject({ project: 'marlow', models: {} });
  });

  it('answers from its index, in both languages', async () => {
    const serving = start(project, ['serve', '--port', '0', '--json']);
    const { url } = await serving.event('serving');
    const answers = ['Who is the keeper of the lock?', '石桥是由谁设计的？'].map(
      async (question) => (await put(url, question)).body,
    );
    expect(await Promise.all(answers)).toMatchObject([
      { release: 'r1', answer: expect.stringContaining('Ada Thornbury') as string },
      { release: 'r1', answer: expect.stringContaining('沈清河') as string },
    ]);
    expect((await serving.stop()).exitCode).toBe(0);
  });

  it('is what the next release is compared with', async () => {
    const { exitCode, stdout } = await run(project, ['run']);
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/release r\d/) as string,
    });
  });
});
