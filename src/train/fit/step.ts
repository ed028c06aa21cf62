import { defineStep } from '../../flow/step.ts';
import { trainerVersion } from '../python/trainer.ts';
import { z } from 'zod';
import { trainerJob } from '../jobs/schema.ts';
import { runJob, trainingLimits } from './run-job.ts';

/**
 * `train.fit`: runs one training job. `result` holds the weights in Hugging Face format (`model/`) or an adapter in
 * PEFT's (`adapter/`); `history` holds the curves (`metrics.jsonl`) and `summary.json`, times and energy included.
 * Killed at any moment, the next try goes on from the last checkpoint.
 */
export const fitStep = defineStep({
  name: 'train.fit',
  module: import.meta.url,
  exportName: 'fitStep',
  params: z.strictObject({ job: trainerJob, trainer: trainerVersion }),
  inputs: ['tokens'],
  optionalInputs: ['base', 'tokenizer'],
  outputs: ['result', 'history'],
  ...trainingLimits,
  run: (context) => runJob({ context, job: context.params.job, module: 'towpath_trainer.train', args: [] }),
});
