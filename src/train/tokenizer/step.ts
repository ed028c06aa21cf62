import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { say } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { shapes } from '../rows/example.ts';
import { rowParams } from '../rows/params.ts';
import { writeRows } from '../rows/write-rows.ts';
import { runProgram } from '../python/run-program.ts';
import { trainerVersion } from '../python/trainer.ts';

const tokenizerFile = z.object({ model: z.object({ vocab: z.record(z.string(), z.int()) }) });

/** `train.tokenizer`: makes a tokenizer from what a job's training split says. */
export const tokenizerStep = defineStep({
  name: 'train.tokenizer',
  module: import.meta.url,
  exportName: 'tokenizerStep',
  params: z.strictObject({
    ...rowParams,
    shape: z.enum(shapes),
    /** Tokens that it may have. */
    vocabulary: z.int(),
    trainer: trainerVersion,
  }),
  inputs: ['dataset'],
  outputs: ['tokenizer'],
  timeout: 24 * 3_600_000,
  cores: 'all',
  async run(context) {
    const { params, inputs, outputs, scratch, projectDir, signal } = context;
    const { vocabulary, documents, examples, services, shape } = params;
    const rows = join(scratch, 'rows.jsonl');
    const sources = {
      projectDir,
      dataset: requiredInput(inputs, 'dataset').path,
      documents,
      examples,
      services,
      shape,
    };
    // The suites are checked where the same rows become tokens.
    const counts = await writeRows(rows, {
      ...sources,
      suites: [],
      signal,
      progress: context.progress.bind(context),
    });
    const out = outputs['tokenizer'] ?? '';
    const args = [rows, out, '--vocabulary', String(vocabulary)];
    const module = 'towpath_trainer.tokenizer';
    await runProgram(context, { module, args, subject: say('training.tokenizer') });
    const { model } = tokenizerFile.parse(JSON.parse(await readFile(join(out, 'tokenizer.json'), 'utf8')));
    return { vocabulary: Object.keys(model.vocab).length, rows: counts.train };
  },
});
