import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sectionContext, worded } from '../../project/testing/section-context.ts';
import { trainSection } from './section.ts';

const job = (over: object = {}) => ({ name: 'tiny', data: { documents: true }, ...over });
const rate = { 'optimiser.learning_rate': { from: 1e-4, to: 1e-2, scale: 'log' } };

describe('the train section', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-train-'));
    await writeFile(join(dir, 'there.jsonl'), '');
  });
  afterAll(() => rm(dir, { recursive: true }));

  const problems = async (settings: object, suites: readonly string[] = ['suite.jsonl']) => {
    const whole = { models: { generator: {} }, evaluate: { suites } };
    const found = await trainSection.check?.(
      trainSection.schema.parse(settings),
      await sectionContext(dir, whole),
    );
    return worded(found).map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  it('may be left out: nothing is trained then', async () => {
    expect(trainSection.schema.parse(undefined)).toEqual({ jobs: [] });
    expect(await problems({})).toEqual([]);
  });

  it('takes jobs, a search of one and the release of one', async () => {
    const jobs = [job(), job({ name: 'other', data: { examples: ['there.jsonl'] } })];
    expect(
      await problems({ jobs, search: { job: 'tiny', ranges: rate }, release: { job: 'other' } }),
    ).toEqual([]);
  });

  it('finds names that are given twice, and files that are not there', async () => {
    const jobs = [job(), job({ data: { examples: ['there.jsonl', 'gone.jsonl'] } })];
    expect(await problems({ jobs })).toEqual([
      'train.jobs.1.name: a second job called tiny',
      'train.jobs.1.data.examples.1: gone.jsonl: it is not there',
    ]);
  });

  it('tells what it finds while the sections that it leans on have mistakes of their own', async () => {
    const settings = trainSection.schema.parse({
      jobs: [job({ source: 'generator' }), job({ name: 'other', data: { examples: ['gone.jsonl'] } })],
      release: { job: 'tiny' },
    });
    const found = await trainSection.check?.(settings, await sectionContext(dir, {}));
    expect(worded(found).map(({ message }) => message)).toEqual(['gone.jsonl: it is not there']);
  });

  it('says which job was meant', async () => {
    expect(await problems({ jobs: [job()], search: { job: 'tny', ranges: rate } })).toEqual([
      'train.search.job: no job is called tny; did you mean tiny?',
    ]);
    expect(await problems({ jobs: [job()], release: { job: 'tinny' } })).toEqual([
      'train.release.job: no job is called tinny; did you mean tiny?',
    ]);
  });

  it.each([
    [{ 'optimiser.learning_rat': [1, 2] }, /cannot be searched; did you mean optimiser\.learning_rate\?$/],
    [{ context: [64, 128] }, /^train\.search\.ranges\.context: context cannot be searched/],
    [{ 'schedule.name': ['cosine', 'square'] }, /schedule\.name: square: /],
    [{ 'model.dropout': { from: 0, to: 2 } }, /model\.dropout: 2: /],
  ])('refuses the range %j', async (ranges, message) => {
    const found = await problems({ jobs: [job()], search: { job: 'tiny', ranges } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('releases only what is exported, and a better model only where a suite can tell', async () => {
    const jobs = [job({ method: 'full', export: ['f16'] })];
    expect(await problems({ jobs, release: { job: 'tiny' } })).toEqual([
      'train.release.quantisation: job tiny does not export q8_0',
    ]);
    expect(await problems({ jobs, release: { job: 'tiny', quantisation: 'f16' } }, [])).toEqual([
      'train.release.when: better cannot be told without a suite',
    ]);
    expect(
      await problems({ jobs, release: { job: 'tiny', quantisation: 'f16', when: 'always' } }, []),
    ).toEqual([]);
  });
});
