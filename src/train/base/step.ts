import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStep } from '../../flow/step.ts';
import { ensureEnvironment } from '../python/environment.ts';
import { runTrainer } from '../python/run-trainer.ts';
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
    const { inputs, outputs, projectDir, cores, signal } = context;
    const report = { signal, progress: context.progress.bind(context), log: context.log.bind(context) };
    const root = join(projectDir, '.towpath', 'python');
    const python = await ensureEnvironment({ root, list: 'train', ...report });
    const base = outputs['base'] ?? '';
    const args = [join(inputs['model'] ?? '', 'model.gguf'), base];
    const module = 'towpath_trainer.base_model';
    await runTrainer({ python, module, args, subject: 'the base model', threads: cores, ...report });
    return { bytes: (await stat(join(base, 'model.safetensors'))).size };
  },
});
