import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceProgress } from '../../src/contract/first-run.ts';
import { look, put } from '../product/client.ts';
import { endProject, run, start } from '../product/command.ts';
import { TestProject } from '../product/project.ts';

const question = 'When was the lock at Marlow Bend built?';

/** Waits until the service of a project can be reached; the test's own limit ends a hopeless wait. */
async function reached(project: TestProject): Promise<string> {
  for (;;) {
    const record = await project.read('.towpath/run/up.json').catch(() => '');
    const { url, port } =
      record === '' ? { url: '', port: 0 } : (JSON.parse(record) as { url: string; port: number });
    if (port !== 0) return url;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the first run of a service', { timeout: 180_000 }, () => {
  let project: TestProject;
  afterEach(() => endProject(project));

  it('is told to whoever asks meanwhile, and then comes the answer', async () => {
    project = await TestProject.create();
    const up = start(project, ['up', '--no-watch', '--json'], { within: 170_000 });
    const url = await reached(project);
    const asked = run(project, ['ask', question], { within: 170_000 });
    await up.event('run-started');
    const refused = await put(url, question);
    expect(refused.status).toBe(503);
    expect(refused.body.error?.message).toContain('the first run goes on');
    const { firstRun } = JSON.parse((await look(url, '/v1/progress')).text) as ServiceProgress;
    expect(firstRun?.steps.map(({ name }) => name)).toContain('prepare');
    expect((await look(url, '/')).status).toBe(200);

    const { exitCode, stdout, stderr } = await asked;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/1794.*\[1\]/);
    expect(stderr).toMatch(/^run run-/);
    expect(stderr).toMatch(/✓ run done in /);
    expect(await up.stop()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('that fails ends it as ever, and the one who asked reads why', async () => {
    project = await TestProject.create({ gates: '    - { metric: answer.f1, min: 1 }' });
    const up = start(project, ['up', '--no-watch'], { within: 170_000 });
    await reached(project);
    const asked = await run(project, ['ask', question, '--json'], { within: 170_000 });
    const ended = await up.finished;
    expect(ended.exitCode).toBe(asked.exitCode);
    expect(asked.exitCode).not.toBe(0);
    expect(ended.stderr).toContain('TOW_EVALUATE_GATE_FAILED');
    expect(asked.stderr).toContain('"outcome":"failed"');
    expect(asked.stdout).toContain('TOW_EVALUATE_GATE_FAILED');
  });
});
