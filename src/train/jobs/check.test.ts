import { describe, expect, it } from 'vitest';
import { jobProblems } from './check.ts';
import { jobEntry } from './schema.ts';

const whole = { models: { generator: { name: 'base' } } };
const scratch = { source: 'scratch', method: 'full' };

/** Where the problems of a job are. */
const problems = (over: object, settings: Readonly<Record<string, unknown>> = whole): string[] => {
  const job = jobEntry.parse({ name: 'tiny', data: { documents: true }, ...over });
  return jobProblems(job, ['train', 'jobs', 0], settings).map(({ path }) => path.slice(3).join('.'));
};

describe('two settings of a job', () => {
  it.each([
    ['its defaults', {}],
    ['a transformer', { ...scratch }],
    ['a recurrent model', { ...scratch, model: { architecture: 'lstm', heads: 3 } }],
    [
      'a scoring head with its loss',
      { ...scratch, model: { head: 'score' }, loss: { name: 'mean_squared_error' } },
    ],
    ['warm-up beside epochs', { schedule: { warmup: 100 } }],
    ['a batch shared by processes', { batch: { sequences: 16, micro: 4 }, processes: 4 }],
  ])('go together: %s', (_what, over) => {
    expect(problems(over)).toEqual([]);
  });

  it.each([
    ['nothing to learn from', { data: {} }, 'data'],
    ['documents and examples', { data: { documents: true, examples: ['a.jsonl'] } }, 'data'],
    ['a batch of broken micro-batches', { batch: { sequences: 12, micro: 8 } }, 'batch.sequences'],
    [
      'a batch that processes cannot share',
      { batch: { sequences: 8, micro: 8 }, processes: 2 },
      'batch.sequences',
    ],
    [
      'a width that heads do not split',
      { ...scratch, model: { width: 256, heads: 3, kv_heads: 3 } },
      'model.heads',
    ],
    ['heads of odd size', { ...scratch, model: { width: 12, heads: 4, kv_heads: 4 } }, 'model.heads'],
    ['heads that keys do not share', { ...scratch, model: { heads: 4, kv_heads: 3 } }, 'model.kv_heads'],
    [
      'an export of a recurrent model',
      { ...scratch, model: { architecture: 'rnn' }, export: ['f16'] },
      'export',
    ],
    ['a scoring head with another loss', { ...scratch, model: { head: 'score' } }, 'loss.name'],
    [
      'a score of a base model',
      { model: { head: 'score' }, loss: { name: 'mean_squared_error' } },
      'loss.name',
    ],
    ['warm-up to the last step', { steps: 10, schedule: { warmup: 10 } }, 'schedule.warmup'],
  ])('rule each other out: %s', (_what, over, place) => {
    expect(problems(over)).toEqual([place]);
  });

  it('need a base model where training starts from one', () => {
    expect(problems({}, { models: {} })).toEqual(['source']);
    expect(problems(scratch, { models: {} })).toEqual([]);
  });
});
