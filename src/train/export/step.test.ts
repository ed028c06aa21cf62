import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { modelRecord } from '../../contract/testing/records.ts';
import { digestBytes } from '../../core/digest.ts';
import { exportStep } from './step.ts';
import { trainedParts } from './trained.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-export-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('the parts of a result', () => {
  test('are its model, or its adapter over the base', async () => {
    await mkdir(join(dir, 'adapter'));
    expect(await trainedParts(dir, '/base')).toEqual({ model: '/base', adapter: join(dir, 'adapter') });
    await mkdir(join(dir, 'model'));
    expect(await trainedParts(dir, undefined)).toEqual({ model: join(dir, 'model') });
  });

  test('are missing where it holds neither, or an adapter whose base is not given', async () => {
    const unfit = { code: 'TOW_TRAIN_EXPORT_UNFIT' };
    await expect(trainedParts(dir, '/base')).rejects.toMatchObject(unfit);
    await mkdir(join(dir, 'adapter'));
    await expect(trainedParts(dir, undefined)).rejects.toMatchObject(unfit);
  });
});

describe('train.export of kind adapter', () => {
  const run = async (inputs: Record<string, string>) =>
    await exportStep.run({
      params: exportStep.params.parse({ name: 'tuned', kind: 'adapter', trainer: digestBytes('trainer') }),
      inputs: stepInputs({ result: dir, ...inputs }),
      outputs: { model: join(dir, 'out') },
      scratch: dir,
      projectDir: dir,
      keepDir: dir,
      random: () => 0,
      cores: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
      metric: () => undefined,
      log: () => undefined,
    });

  test('refuses a whole model', async () => {
    await mkdir(join(dir, 'model'));
    await writeFile(join(dir, 'model.json'), JSON.stringify(modelRecord()));
    await expect(run({ model: dir })).rejects.toMatchObject({
      code: 'TOW_TRAIN_EXPORT_UNFIT',
      message: expect.stringContaining('it is a whole model') as string,
    });
  });

  test('refuses an adapter whose base weights it cannot name', async () => {
    await mkdir(join(dir, 'adapter'));
    await expect(run({ base: dir })).rejects.toMatchObject({
      code: 'TOW_TRAIN_EXPORT_UNFIT',
      message: expect.stringContaining('the weights it changes are not given') as string,
    });
  });
});
