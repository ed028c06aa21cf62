import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { weightsFile } from '../../contract/model-artifact.ts';
import { say } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { runProgram } from '../python/run-program.ts';
import { trainerVersion } from '../python/trainer.ts';

/** `train.base`: reads a base model into the Hugging Face format, once, so that jobs can train it. */
export const baseStep = defineStep({
  name: 'train.base',
  module: import.meta.url,
  exportName: 'baseStep',
  params: z.strictObject({ trainer: trainerVersion }),
  inputs: ['model'],
  outputs: ['base'],
  timeout: 6 * 3_600_000,
  cores: 'all',
  async run(context) {
    const { inputs, outputs } = context;
    const base = outputs['base'] ?? '';
    const args = [join(requiredInput(inputs, 'model').path, weightsFile), base];
    const module = 'towpath_trainer.base_model';
    await runProgram(context, { module, args, subject: say('training.base') });
    return { bytes: (await stat(join(base, 'model.safetensors'))).size };
  },
});
