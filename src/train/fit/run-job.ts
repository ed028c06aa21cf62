import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../core/canonical-json.ts';
import { digestJson } from '../../core/digest.ts';
import { say } from '../../core/messages/message.ts';
import type { StepContext, StepFacts } from '../../flow/step.ts';
import type { TrainerJob } from '../jobs/schema.ts';
import { runProgram } from '../python/run-program.ts';
import { summaryFacts, summaryFormat } from './summary.ts';

/** Training takes what it takes, alone on the machine; cancelled, it may finish its step and write a checkpoint. */
export const trainingLimits = {
  cores: 'all',
  timeout: 14 * 24 * 3_600_000,
  grace: 60_000,
  fresh: true,
} as const;

export interface JobRun {
  readonly context: StepContext<unknown>;
  readonly job: TrainerJob;
  /** Program of the trainer: `towpath_trainer.train`. */
  readonly module: string;
  /** Its arguments, besides those of every job. */
  readonly args: readonly string[];
}

/**
 * Runs a job's program on the step's inputs. Its checkpoints are kept in a folder that belongs to exactly this job,
 * data and code, until the result is there.
 */
export async function runJob({ context, job, module, args }: JobRun): Promise<StepFacts> {
  const { inputs, outputs, cores, scratch } = context;
  const data = Object.fromEntries(Object.entries(inputs).map(([name, { digest }]) => [name, digest]));
  const own = digestJson({ params: context.params as Json, data });
  const work = join(context.keepDir, 'train', own.slice(0, 32));
  const history = outputs['history'] ?? '';
  await mkdir(work, { recursive: true });
  await mkdir(history, { recursive: true });
  const file = join(scratch, 'job.json');
  await writeFile(file, JSON.stringify(job));
  const given = ['tokens', 'base', 'tokenizer'].flatMap((name) => {
    const path = inputs[name]?.path;
    return path === undefined ? [] : [`--${name}`, path];
  });
  const places = ['--work', work, '--out', outputs['result'] ?? '', '--history', history];
  await runProgram(context, {
    ...{ module, subject: say('training.job', { job: job.name }), grace: trainingLimits.grace - 5000 },
    // Each process of a job gets its share of the cores.
    args: [
      file,
      ...given,
      ...places,
      '--threads',
      String(Math.max(1, Math.floor(cores / job.processes))),
      ...args,
    ],
  });
  await rm(work, { recursive: true, force: true });
  return summaryFacts(await summaryFormat.read(history));
}
