import { z } from 'zod';
import { say, encode } from '../../core/messages/message.ts';
import { issueText } from '../../core/messages/zod-issue.ts';
import { nearest } from '../../project/nearest.ts';
import type { Section, SectionContext, SectionProblem } from '../../project/section.ts';
import { largestExamples } from '../rows/source-file.ts';
import { jobProblems } from './check.ts';
import { jobEntry, quantisations, trainerJobOf, type JobEntry } from './schema.ts';
import { searchable, searchEntry, withSetting, type SearchEntry } from './search.ts';

const releaseEntry = z.strictObject({
  job: z.string().describe(encode(say('setting.train.release.job'))),
  when: z
    .enum(['better', 'always'])
    .default('better')
    .describe(encode(say('setting.train.release.when'))),
  metric: z
    .string()
    .default('answer.f1')
    .describe(encode(say('setting.train.release.metric'))),
  quantisation: z
    .enum(quantisations)
    .default('q8_0')
    .describe(encode(say('setting.train.release.quantisation'))),
});

type ReleaseEntry = z.infer<typeof releaseEntry>;

const trainSettings = z.strictObject({
  jobs: z
    .array(jobEntry)
    .max(50)
    .default([])
    .describe(encode(say('setting.train.jobs'))),
  search: searchEntry.optional().describe(encode(say('setting.train.search'))),
  release: releaseEntry.optional().describe(encode(say('setting.train.release'))),
});

export type TrainSettings = z.infer<typeof trainSettings>;

/** The `train` key of `towpath.yaml`. */
export const trainSection: Section<'train', TrainSettings> = {
  key: 'train',
  schema: trainSettings.prefault({}).describe(encode(say('setting.train'))),
  async check(settings, context) {
    const { jobs, search, release } = settings;
    const problems = jobs.flatMap((job, at) => jobProblems(job, ['train', 'jobs', at], context.whole));
    problems.push(...repeatedNames(jobs));
    for (const [at, job] of jobs.entries()) problems.push(...(await missingFiles(job, at, context)));
    if (search) problems.push(...searchProblems(search, jobs));
    if (release) problems.push(...releaseProblems(release, jobs, context));
    return problems;
  },
};

function repeatedNames(jobs: readonly JobEntry[]): SectionProblem[] {
  return jobs.flatMap(({ name }, at) =>
    jobs.findIndex((other) => other.name === name) < at
      ? [{ path: ['train', 'jobs', at, 'name'], message: say('section.same-job', { job: name }) }]
      : [],
  );
}

async function missingFiles(job: JobEntry, at: number, { trust }: SectionContext): Promise<SectionProblem[]> {
  const checked = await Promise.all(
    job.data.examples.map(async (name, number): Promise<SectionProblem[]> => {
      const file = await trust.open(['train', 'jobs', at, 'data', 'examples', number], name, largestExamples);
      if (Array.isArray(file)) return file;
      await file.close();
      return [];
    }),
  );
  return checked.flat();
}

function unknownJob(name: string, jobs: readonly JobEntry[], path: SectionProblem['path']): SectionProblem {
  const names = jobs.map((job) => job.name);
  const close = nearest(name, names);
  return {
    path,
    message:
      close === undefined
        ? say('section.no-job', { job: name })
        : say('section.no-job-near', { job: name, near: close }),
    accepted: names.length > 0 ? say('accepted.names', { names }) : say('section.a-job'),
  };
}

function searchProblems(search: SearchEntry, jobs: readonly JobEntry[]): SectionProblem[] {
  const entry = jobs.find(({ name }) => name === search.job);
  if (entry === undefined) return [unknownJob(search.job, jobs, ['train', 'search', 'job'])];
  const job = trainerJobOf(entry);
  const known = searchable(job);
  return Object.entries(search.ranges).flatMap(([name, range]): SectionProblem[] => {
    const path = ['train', 'search', 'ranges', name];
    if (!known.includes(name)) {
      const close = nearest(name, known);
      const message =
        close === undefined
          ? say('section.unsearched', { setting: name })
          : say('section.unsearched-near', { setting: name, near: close });
      return [{ path, message, accepted: say('accepted.names', { names: known }) }];
    }
    const ends = Array.isArray(range) ? range : [range.from, range.to];
    return ends.flatMap((value): SectionProblem[] => {
      try {
        withSetting(job, name, value);
        return [];
      } catch (thrown) {
        if (!(thrown instanceof z.ZodError)) throw thrown;
        const [issue] = thrown.issues;
        const why = issue === undefined ? say('problem.refused') : issueText(issue.message);
        return [{ path, message: say('section.search-value', { setting: name, value: String(value), why }) }];
      }
    });
  });
}

function releaseProblems(
  release: ReleaseEntry,
  jobs: readonly JobEntry[],
  { whole }: SectionContext,
): SectionProblem[] {
  const job = jobs.find(({ name }) => name === release.job);
  if (job === undefined) return [unknownJob(release.job, jobs, ['train', 'release', 'job'])];
  const problems: SectionProblem[] = [];
  const isAdapter = job.source === 'generator' && job.method === 'lora';
  if (!isAdapter && !job.export.includes(release.quantisation)) {
    problems.push({
      path: ['train', 'release', 'quantisation'],
      message: say('section.not-exported', { job: job.name, form: release.quantisation }),
      accepted:
        job.export.length > 0
          ? say('accepted.names', { names: job.export })
          : say('section.export', { form: release.quantisation }),
    });
  }
  const models = whole['models'] as { readonly generator?: unknown } | undefined;
  if (release.when === 'better' && models !== undefined && models.generator === undefined) {
    problems.push({
      path: ['train', 'release', 'when'],
      message: say('section.nothing-to-beat'),
      accepted: 'always',
    });
  }
  const evaluate = whole['evaluate'] as { readonly suites?: readonly string[] } | undefined;
  if (release.when === 'better' && evaluate !== undefined && (evaluate.suites ?? []).length === 0) {
    problems.push({
      path: ['train', 'release', 'when'],
      message: say('section.no-suite-to-tell'),
      accepted: say('section.suites-or-always'),
    });
  }
  return problems;
}
