import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/app/records/run.ts';
import { lendPython, trainPython } from '../../src/train/testing/train-python.ts';
import { endProject, json, run, start, type Command } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

const python = trainPython();
const steps = 400;

const train = `data:
  split: { train: 0.8, validation: 0.2, test: 0 }
train:
  jobs:
    - name: small
      source: scratch
      model: { layers: 2, width: 32, heads: 2, kv_heads: 1, inner: 64, vocabulary: 300, dropout: 0.1 }
      data: { documents: true }
      context: 32
      steps: ${String(steps)}
      batch: { sequences: 4, micro: 2 }
      validate: { every: 50 }
      checkpoint: { every: 10 }
      export: [f16]
  release: { job: small, when: always, quantisation: f16 }
`;

/** Waits until the job has made so many steps. */
const trained = (command: Command, least: number) =>
  command.event('step-progress', ({ step, progress }) => step === 'train-small' && progress.done >= least);

describe.skipIf(python === undefined)('a run that trains', () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await TestProject.create({ more: train });
    await lendPython(python ?? '', project.dir);
  });
  afterAll(() => endProject(project));

  it('goes on after a kill, a cancel and a move, loses no step, leaves no process, and repeats nothing', async () => {
    const killed = start(project, ['run', '--json'], { within: 240_000 });
    await trained(killed, 30);
    killed.signal('SIGKILL');
    await killed.finished;
    expect(await processesLeft(project)).toEqual([]);

    const cancelled = start(project, ['run', '--json'], { within: 240_000 });
    const { progress } = await trained(cancelled, 1);
    // It went on from a checkpoint.
    expect(progress.done).toBeGreaterThan(20);
    await trained(cancelled, progress.done + 20);
    const asked = Date.now();
    await run(project, ['cancel', 'last']);
    expect((await cancelled.finished).exitCode).not.toBe(0);
    expect(Date.now() - asked).toBeLessThan(30_000);
    expect(await processesLeft(project)).toEqual([]);

    await project.move();
    const whole = start(project, ['run', '--json'], { within: 400_000 });
    expect((await trained(whole, 1)).progress.done).toBeGreaterThan(progress.done);
    const ended = await whole.finished;
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ exitCode: 0 });
    const shown = await json<RunDetail>(project, 'run', 'show', 'last');
    const fit = shown.plan.find(({ name }) => name === 'train-small');
    expect(fit?.facts).toMatchObject({ steps, stopped: 'finished', device: expect.any(String) as string });
    expect(fit?.curve?.at(-1)).toMatchObject({ step: steps, loss: expect.any(Number) as number });
    const history = fit?.outputs['history'] ?? '';
    const lines = await readFile(
      join(project.dir, '.towpath/artifacts', history.slice(0, 2), history, 'content/metrics.jsonl'),
      'utf8',
    );
    const points = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { step: number; loss: number });
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, at) => at + 1));
    expect(points.at(-1)?.loss).toBeLessThan((points[0]?.loss ?? 0) - 1);
    const agreement = shown.plan.find(({ name }) => name === 'agreement-small-f16');
    expect(agreement?.facts).toMatchObject({ prompts: expect.any(Number) as number });

    const release = await json<{ manifest: { models: { generator: { origin: string } } } }>(
      project,
      ...['release', 'show', shown.release ?? ''],
    );
    expect(JSON.stringify(release)).toContain('trained by job small');
    await project.move();
    await run(project, ['run', '--json']);
    const again = await json<RunDetail>(project, 'run', 'show', 'last');
    expect(again.plan.filter(({ state }) => state !== 'cached')).toEqual([]);
  }, 900_000);
});
