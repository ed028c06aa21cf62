import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import glob from 'fast-glob';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endProject, run, type Finished } from '../product/command.ts';
import { TestProject } from '../product/project.ts';

/** Far above what any of these commands takes; without it a hang would end only with the test. */
const within = 60_000;

let project: TestProject;
beforeEach(async () => {
  project = await TestProject.create();
});
afterEach(() => endProject(project));

const fifo = (path: string): void => void execFileSync('mkfifo', [project.path(path)]);
const validate = (): Promise<Finished> => run(project, ['validate'], { within });

async function socketAt(path: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(project.path(path), resolve));
  return server;
}

describe('a special file in the place of a file that the project names', { timeout: 3 * within }, () => {
  const named = {
    glossary: (path: string) => project.edit('towpath.yaml', 'max_tokens: 24', `glossary: ${path}`),
    suite: (path: string) => project.edit('towpath.yaml', 'suite/all.jsonl', path),
    examples: (path: string) =>
      project.configure({
        more: `train:\n  jobs: [{ name: tune, source: generator, data: { examples: [${path}] } }]\n`,
      }),
  };

  for (const [what, name] of Object.entries(named)) {
    it(`is refused as ${what}: a FIFO, and a link to one`, async () => {
      await name('it.jsonl');
      fifo('it.jsonl');
      expect(await validate()).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('FIFO') as string,
      });
      await rm(project.path('it.jsonl'));
      fifo('pipe');
      await symlink('pipe', project.path('it.jsonl'));
      expect(await run(project, ['run'], { within })).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('FIFO') as string,
      });
    });

    it(`is refused as ${what} before it is read: /dev/zero`, async () => {
      await name('it.jsonl');
      await symlink('/dev/zero', project.path('it.jsonl'));
      expect(await validate()).toMatchObject({ exitCode: 2, stdout: '' });
    });
  }

  it('is refused as towpath.yaml, wherever it leads', async () => {
    await rm(project.path('towpath.yaml'));
    fifo('towpath.yaml');
    expect(await validate()).toMatchObject({ exitCode: 2 });
    expect(
      await run(project, ['validate', '--project', project.path('towpath.yaml')], { within }),
    ).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('FIFO') as string });
    expect(await run(project, ['init', '--force'], { within })).toMatchObject({ exitCode: 0 });
    expect((await validate()).exitCode).toBe(0);
  });

  it('costs a source only that file, with the reason', async () => {
    fifo('docs/en/pipe.md');
    await symlink('pipe.md', project.path('docs/en/to-pipe.md'));
    await symlink('/dev/zero', project.path('docs/en/zero.md'));
    await symlink('loop.md', project.path('docs/en/loop.md'));
    await symlink('../en', project.path('docs/en/folder-link.md'));
    const server = await socketAt('docs/en/socket.md');
    try {
      expect(await run(project, ['run'], { within })).toMatchObject({ exitCode: 0 });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    const { stdout } = await run(project, ['logs', 'last', 'ingest'], { within });
    expect(stdout).toMatch(/docs\/en\/pipe\.md: .*FIFO/);
    expect(stdout).toMatch(/docs\/en\/to-pipe\.md: .*FIFO/);
    expect(stdout).toMatch(/docs\/en\/socket\.md: .*a socket/);
    expect(stdout).toMatch(/docs\/en\/zero\.md: .*out of the project/);
    expect(stdout).toMatch(/docs\/en\/loop\.md: .*circle/);
    expect(stdout).toMatch(/docs\/en\/folder-link\.md: .*a folder/);
  });

  it('is refused as a model, with the reason', async () => {
    await rm(project.path('models/tiny.gguf'));
    fifo('models/tiny.gguf');
    expect(await run(project, ['run'], { within })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('FIFO') as string,
    });
  });
});

describe('a FIFO in the place of a file of Towpath’s own', { timeout: 3 * within }, () => {
  const own = (path: string): string => project.path(`.towpath/${path}`);
  const replaced = async (path: string): Promise<void> => {
    await rm(own(path), { force: true });
    execFileSync('mkfifo', [own(path)]);
  };

  it('holds up no command', async () => {
    expect(await run(project, ['run'], { within })).toMatchObject({ exitCode: 0 });
    await mkdir(own('run'), { recursive: true });
    await replaced('run/up.json');
    expect(await run(project, ['status'], { within })).toMatchObject({ exitCode: 0 });
    const [artifact = ''] = await glob('artifacts/*/*/artifact.json', { cwd: own('') });
    for (const path of ['artifacts/records/releases/r1.json', artifact]) {
      await replaced(path);
      expect(await run(project, ['verify'], { within })).toMatchObject({ exitCode: 4 });
    }
    await replaced('towpath.db');
    expect(await run(project, ['status'], { within })).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('towpath.db is damaged: it is a FIFO, not a file') as string,
    });
  });
});
