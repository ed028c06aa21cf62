import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStep, type StepFacts } from '../../flow/step.ts';
import { runJob, trainingLimits } from '../fit/run-job.ts';
import { trainerJob } from '../jobs/schema.ts';
import { searchEntry } from '../jobs/search.ts';
import { trainerVersion } from '../python/trainer.ts';
import { bestTrial, trialCounts, trialsFormat, type SearchTrials } from './trials.ts';

/**
 * `train.search`: tries settings of a job, ends the trials that fall behind, and has the best one's `result` and
 * `history`, as `train.fit` has its job's. `trials` holds `trials.json`: every trial and what came of it. Killed at any
 * moment, the next try repeats no trial that has ended.
 */
export const searchStep = defineStep({
  name: 'train.search',
  module: import.meta.url,
  exportName: 'searchStep',
  params: z.strictObject({ job: trainerJob, search: searchEntry, trainer: trainerVersion }),
  inputs: ['tokens'],
  optionalInputs: ['base', 'tokenizer'],
  outputs: ['result', 'history', 'trials'],
  ...trainingLimits,
  async run(context): Promise<StepFacts> {
    const { job, search } = context.params;
    const file = join(context.scratch, 'search.json');
    await writeFile(file, JSON.stringify(search));
    const trials = context.outputs['trials'] ?? '';
    const args = ['--search', file, '--trials-out', trials];
    const facts = await runJob({ context, job, module: 'towpath_trainer.search', args });
    return { ...facts, ...searchFacts(await trialsFormat.read(trials)) };
  },
});

function searchFacts(of: SearchTrials): StepFacts {
  return { ...trialCounts(of), best_trial: of.best, settings: bestTrial(of)?.settings ?? {} };
}
