import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CurvePoint } from '../../contract/curve.ts';
import { trainerJob } from '../jobs/schema.ts';
import { searchEntry } from '../jobs/search.ts';
import { installFakePython } from '../testing/fake-python.ts';
import { writeHistory, writeTrials } from '../testing/history.ts';
import { searchStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

describe('train.search', () => {
  let dir: string;
  let points: CurvePoint[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-search-'));
    points = [];
    await mkdir(join(dir, 'scratch'));
    await writeHistory(join(dir, 'made-history'), { steps: 20 });
    await writeTrials(join(dir, 'made-trials'), 8, 'TOW_TRAIN_DIVERGED: it did');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const at = (name: string) => join(dir, name);
  const run = () => {
    const { params } = searchStep;
    const job = trainerJob.parse({ name: 'tiny' });
    const search = searchEntry.parse({ job: 'tiny', trials: 8, ranges: { clip: [0, 1] } });
    return searchStep.run({
      params: params.parse({ job, search, trainer: '0'.repeat(64) }),
      inputs: stepInputs({ tokens: at('tokens'), base: at('base') }),
      outputs: { result: at('result'), history: at('history'), trials: at('trials') },
      ...{ scratch: at('scratch'), projectDir: dir, keepDir: at('keep'), cores: 2 },
      random: () => 0,
      signal: new AbortController().signal,
      metric: (point) => void points.push(point),
      progress: () => undefined,
      log: () => undefined,
    });
  };
  // Does what the trainer's search does, in no time.
  const searching = () => `
    const given = (name) => args[args.indexOf('--' + name) + 1];
    fs.mkdirSync(given('out'), { recursive: true });
    fs.cpSync(${JSON.stringify(at('made-history'))}, given('history'), { recursive: true });
    fs.cpSync(${JSON.stringify(at('made-trials'))}, given('trials-out'), { recursive: true });
    fs.cpSync(given('search'), ${JSON.stringify(at('asked.json'))});
    console.log(JSON.stringify({ metric: { step: 1, validation_loss: 2.5, state: 'complete', best: 2.5 } }));`;

  it('has the trainer search, and tells what came of it', async () => {
    const calls = await installFakePython(dir, searching());
    const facts = await run();
    const [call = '[]'] = (await readFile(calls, 'utf8')).trim().split('\n');
    expect(JSON.parse(call)).toEqual([
      ...['towpath_trainer.search', at('scratch/job.json')],
      ...['--tokens', at('tokens'), '--base', at('base')],
      ...['--work', expect.stringContaining(at('keep')) as string],
      ...['--out', at('result'), '--history', at('history')],
      ...['--threads', '2', '--search', at('scratch/search.json'), '--trials-out', at('trials')],
    ]);
    expect(JSON.parse(await readFile(at('asked.json'), 'utf8'))).toEqual({
      ...{ job: 'tiny', trials: 8, parallel: 0, reduction: 3, rungs: 3, ranges: { clip: [0, 1] } },
    });
    expect(facts).toMatchObject({ trials: 8, failed: 1, steps: 20, device: 'cpu' });
    expect(Object.keys((facts as { settings: object }).settings)).toContain('optimiser.learning_rate');
    expect(points).toEqual([{ step: 1, validation_loss: 2.5, state: 'complete', best: 2.5 }]);
    expect(await readdir(at('keep/train')), 'its work is done').toEqual([]);
  });

  it('fails with the code that the trainer names', async () => {
    const told = { code: 'TOW_TRAIN_SEARCH_EMPTY', message: 'none of 2 trials came to its end', hint: null };
    await installFakePython(
      dir,
      `console.error('error: ' + ${JSON.stringify(JSON.stringify(told))}); process.exit(3);`,
    );
    await expect(run()).rejects.toMatchObject({ code: 'TOW_TRAIN_SEARCH_EMPTY' });
    expect(await readdir(at('keep/train')), 'a rerun goes on from here').toHaveLength(1);
  });
});
