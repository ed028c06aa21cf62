import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { trainerJob } from './schema.ts';
import { searchable, searchEntry, withSetting } from './search.ts';

const job = trainerJob.parse({ name: 'tiny' });
const accepts = (range: unknown) =>
  searchEntry.safeParse({ job: 'tiny', ranges: { 'optimiser.learning_rate': range } }).success;

describe('a search', () => {
  it('has defaults for all but its job and its ranges', () => {
    const ranges = { clip: [0, 1] };
    expect(searchEntry.parse({ job: 'tiny', ranges })).toEqual({
      ...{ job: 'tiny', trials: 12, parallel: 0, reduction: 3, rungs: 3, ranges },
    });
    expect(searchEntry.parse({ job: 'tiny', ranges: { clip: { from: 1, to: 2 } } }).ranges).toEqual({
      clip: { from: 1, to: 2, scale: 'linear', whole: false },
    });
  });

  it.each([
    ['an interval', { from: 1e-4, to: 1e-2, scale: 'log' }, true],
    ['an interval below nought', { from: -1, to: 0 }, true],
    ['values of any kind', [1, 'a', true], true],
    ['an interval that goes down', { from: 2, to: 1 }, false],
    ['an interval of one value', { from: 1, to: 1 }, false],
    ['a log scale from nought', { from: 0, to: 1, scale: 'log' }, false],
    ['a single value', [1], false],
    ['a key that no range has', { from: 1, to: 2, step: 1 }, false],
  ])('takes or refuses %s', (_what, range, expected) => {
    expect(accepts(range)).toBe(expected);
  });

  it('without a setting is none', () => {
    expect(searchEntry.safeParse({ job: 'tiny', ranges: {} }).success).toBe(false);
  });

  it('may change single settings, and none that the tokens or the machine depend on', () => {
    const names = searchable(job);
    expect(names).toContain('optimiser.learning_rate');
    expect(names).toContain('clip');
    expect(names).toContain('model.layers');
    for (const fixed of [
      'name',
      'context',
      'method',
      'data.pack',
      'lora.targets',
      'checkpoint.every',
      'processes',
    ])
      expect(names).not.toContain(fixed);
    for (const name of names) expect(() => withSetting(job, name, valueOf(name))).not.toThrow();
  });

  it('puts a setting where its dotted name says, and leaves the rest', () => {
    expect(withSetting(job, 'model.layers', 7)).toEqual({ ...job, model: { ...job.model, layers: 7 } });
    expect(withSetting(job, 'clip', 0)).toEqual({ ...job, clip: 0 });
  });

  it.each([
    ['model.layers', 1.5],
    ['model.layers', 0],
    ['schedule.name', 'square'],
    ['optimiser.speed', 1],
  ])('refuses %s: %j', (name, value) => {
    expect(() => withSetting(job, name, value)).toThrow(z.ZodError);
  });
});

function valueOf(name: string): number | string | boolean {
  const [key = '', inner] = name.split('.');
  const held = (job as Readonly<Record<string, unknown>>)[key];
  return (inner === undefined ? held : (held as Readonly<Record<string, unknown>>)[inner]) as number;
}
