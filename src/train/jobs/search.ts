import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';
import { trainerJob, type TrainerJob } from './schema.ts';

const number = z.number();

const interval = z
  .strictObject({
    from: number.describe(encode(say('setting.train.search.from'))),
    to: number.describe(encode(say('setting.train.search.to'))),
    scale: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe(encode(say('setting.train.search.scale'))),
    whole: z
      .boolean()
      .default(false)
      .describe(encode(say('setting.train.search.whole'))),
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
  job: z.string().describe(encode(say('setting.train.search.job'))),
  trials: z
    .int()
    .min(1)
    .max(10_000)
    .default(12)
    .describe(encode(say('setting.train.search.trials'))),
  parallel: z
    .int()
    .min(0)
    .max(64)
    .default(0)
    .describe(encode(say('setting.train.search.parallel'))),
  reduction: z
    .int()
    .min(2)
    .max(10)
    .default(3)
    .describe(encode(say('setting.train.search.reduction'))),
  rungs: z
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe(encode(say('setting.train.search.rungs'))),
  ranges: z
    .record(z.string(), range)
    .refine((ranges) => Object.keys(ranges).length > 0, { error: encode(say('section.no-setting')) })
    .describe(encode(say('setting.train.search.ranges'))),
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
