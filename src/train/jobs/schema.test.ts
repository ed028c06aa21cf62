import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trainerDir } from '../python/trainer.ts';
import { jobEntry, trainerJob, trainerJobOf } from './schema.ts';

const recent = 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)';
const hasPython = spawnSync('python3', ['-c', recent]).status === 0;
const entry = (over: object = {}) => ({ name: 'tiny', data: { documents: true }, ...over });

describe('a job', () => {
  it.skipIf(!hasPython)('has the same keys and defaults here and in the trainer', () => {
    const program =
      'import dataclasses, json; from towpath_trainer.job import Job; print(json.dumps(dataclasses.asdict(Job(name="x"))))';
    const env = { ...process.env, PYTHONPATH: join(trainerDir, 'src'), PYTHONDONTWRITEBYTECODE: '1' };
    const printed = execFileSync('python3', ['-c', program], { env, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(trainerJob.parse({ name: 'x' }));
  });

  it('is described to the trainer without what only the flow needs to know', () => {
    const job = jobEntry.parse(
      entry({ export: ['f16', 'q8_0'], data: { examples: ['a.jsonl'], loss_on: 'all' } }),
    );
    const told = trainerJobOf(job);
    expect(told).toEqual(trainerJob.parse({ name: 'tiny', data: { loss_on: 'all' } }));
    expect(trainerJob.parse(told)).toEqual(told);
  });

  it.each([
    ['a name with capitals', { name: 'Tiny' }],
    ['a key that it does not have', { epoch: 3 }],
    ['examples outside the project', { data: { examples: ['../a.jsonl'] } }],
    ['the same export twice', { export: ['f16', 'f16'] }],
    ['a learning rate of nought', { optimiser: { learning_rate: 0 } }],
    ['a momentum of one', { optimiser: { momentum: 1 } }],
    ['a half layer', { model: { layers: 1.5 } }],
    ['a context of seven', { context: 7 }],
    ['an optimiser that there is not', { optimiser: { name: 'lion' } }],
  ])('is refused with %s', (_what, over) => {
    expect(jobEntry.safeParse(entry(over)).success).toBe(false);
  });
});
