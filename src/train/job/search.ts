import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';
import { trainerJob, type TrainerJob } from './schema.ts';

const number = z.number();

const interval = z
  .strictObject({
    from: number.describe('Smallest value.'),
    to: number.describe('Largest value.'),
    scale: z.enum(['linear', 'log']).default('linear').describe('log for what spans powers of ten.'),
    whole: z.boolean().default(false).describe('Whole numbers only.'),
  })
  .refine(({ from, to }) => from < to, { error: encode(say('section.from-to')), path: ['to'] })
  .refine(({ from, scale }) => scale === 'linear' || from > 0, {
    error: encode(say('section.log-scale')),
    path: ['from'],
  });

const choice = z
  .array(z.union([z.number(), z.string(), z.boolean()]))
  .min(2)
  .max(100);

/** What a setting may become in a search. */
const range = z.union([interval, choice]);
export type Range = z.infer<typeof range>;

export const searchEntry = z.strictObject({
  job: z.string().describe('Name of the job whose settings are searched; the winner becomes its result.'),
  trials: z.int().min(1).max(10_000).default(12).describe('Settings that are tried.'),
  parallel: z.int().min(0).max(64).default(0).describe('Trials at a time; 0 takes what the machine holds.'),
  reduction: z
    .int()
    .min(2)
    .max(10)
    .default(3)
    .describe('Of the trials at a rung, one in so many goes on (ASHA).'),
  rungs: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe('How often a trial is judged before its end; 0 stops none early.'),
  ranges: z
    .record(z.string(), range)
    .refine((ranges) => Object.keys(ranges).length > 0, { error: encode(say('section.no-setting')) })
    .describe(
      'Settings of the job by their dotted names: optimiser.learning_rate: {from: 1.0e-4, to: 1.0e-2, scale: log}.',
    ),
});

export type SearchEntry = z.infer<typeof searchEntry>;

/** The settings that a search may change, by dotted name; data and shape of the shards stay as they are. */
export function searchable(job: TrainerJob): string[] {
  const fixed = new Set(['name', 'source', 'method', 'context', 'device', 'processes', 'sharding']);
  // The tokens are there already, and trials are compared by one loss.
  const shared = new Set(['model.vocabulary', 'model.head', 'loss.name', 'seed']);
  return Object.entries(job).flatMap(([key, value]) => {
    if (fixed.has(key) || key === 'data' || key === 'checkpoint') return [];
    if (typeof value !== 'object') return shared.has(key) ? [] : [key];
    return Object.entries(value)
      .filter(([, inner]) => typeof inner !== 'object')
      .map(([inner]) => `${key}.${inner}`)
      .filter((name) => !shared.has(name));
  });
}

/** The job with one setting changed; its schema judges the value. @throws ZodError */
export function withSetting(job: TrainerJob, name: string, value: number | string | boolean): TrainerJob {
  const [key = '', inner] = name.split('.');
  const held = (job as Readonly<Record<string, unknown>>)[key];
  const changed = inner === undefined ? value : { ...(held as object), [inner]: value };
  return trainerJob.parse({ ...job, [key]: changed });
}
