import { join } from 'node:path';
import { z } from 'zod';
import { say } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { runProgram } from '../python/run-program.ts';
import { trainerVersion } from '../python/trainer.ts';
import { shapes } from '../rows/example.ts';
import { rowParams } from '../rows/params.ts';
import { sourceFile } from '../rows/source-file.ts';
import { writeRows } from '../rows/write-rows.ts';
import { tokensFacts, tokensFormat } from './manifest.ts';

/** `train.tokens`: gathers what a job learns from, keeps the evaluation out of it, and turns it into shards of tokens. */
export const tokensStep = defineStep({
  name: 'train.tokens',
  module: import.meta.url,
  exportName: 'tokensStep',
  params: z.strictObject({
    ...rowParams,
    /** Evaluation suites, whose questions must not be trained on. */
    suites: z.array(sourceFile),
    /** Running text in one stream, rows of their own, or rows with scores. */
    shape: z.enum(shapes),
    /** Tokens of a sequence. */
    context: z.int(),
    loss_on: z.enum(['answers', 'all']),
    /** Several rows share a sequence. */
    pack: z.boolean(),
    trainer: trainerVersion,
  }),
  /** `tokenizer` is a base model or a tokenizer made from the data. */
  inputs: ['dataset', 'tokenizer'],
  outputs: ['tokens'],
  timeout: 24 * 3_600_000,
  cores: 'all',
  async run(context) {
    const { params, inputs, outputs, scratch, projectDir, signal } = context;
    const { documents, examples, services, suites, shape } = params;
    const rows = join(scratch, 'rows.jsonl');
    const sources = {
      projectDir,
      dataset: requiredInput(inputs, 'dataset').path,
      documents,
      examples,
      services,
      suites,
      shape,
    };
    const counts = await writeRows(rows, { ...sources, signal, progress: context.progress.bind(context) });
    const { train, validation, test, unknownSources } = counts;
    context.log(
      `${String(train)} rows to train on, ${String(validation)} to validate, ${String(test)} kept for testing`,
    );
    if (unknownSources > 0)
      context.log(
        `${String(unknownSources)} examples name a source that is no document; their ids split them`,
      );
    const out = outputs['tokens'] ?? '';
    const options = [
      '--tokenizer',
      requiredInput(inputs, 'tokenizer').path,
      '--context',
      String(params.context),
    ];
    const kind = ['--shape', shape, '--loss-on', params.loss_on, params.pack ? '--pack' : '--no-pack'];
    await runProgram(context, {
      ...{ module: 'towpath_trainer.tokenise', subject: say('training.data') },
      args: [rows, out, ...options, ...kind],
    });
    return { ...tokensFacts(await tokensFormat.read(out)), test };
  },
});
