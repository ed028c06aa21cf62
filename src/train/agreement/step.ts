import { join } from 'node:path';
import { z } from 'zod';
import { weightsFile } from '../../contract/model-artifact.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say } from '../../core/messages/message.ts';
import { defineStep, requiredInput } from '../../flow/step.ts';
import { trainedParts } from '../export/trained.ts';
import { runProgram } from '../python/run-program.ts';
import { trainerVersion } from '../python/trainer.ts';
import { readGguf } from '../models/weights/gguf.ts';
import { adapterWeights } from '../../llama/local-models.ts';
import { agreementFormat, agreementOf } from './agreement.ts';
import { runLlama } from './llama-run.ts';
import { readReference } from './reference.ts';

const params = z.strictObject({
  /** Of the job. */
  name: z.string().min(1),
  prompts: z.int().min(1).max(1000).default(50),
  /** Tokens that each prompt is continued with. */
  newTokens: z.int().min(1).max(256).default(24),
  /** Tokens whose probability is compared; fewer where the vocabulary is very large. */
  scored: z.int().min(1).max(100_000).default(2000),
  trainer: trainerVersion,
});

/**
 * `train.agreement`: runs an exported model in llama.cpp beside the trained one in PyTorch, on prompts and texts of the
 * data that it was trained with, and fails when they part by more than the export explains. The input `model` is the
 * exported model, or the base's artifact when `adapter` is the exported adapter over it.
 */
export const agreementStep = defineStep({
  name: 'train.agreement',
  module: import.meta.url,
  exportName: 'agreementStep',
  params,
  inputs: ['result', 'model', 'tokens'],
  optionalInputs: ['base', 'adapter'],
  outputs: ['agreement'],
  cores: 'all',
  memory: 4096,
  async run(context) {
    const { inputs, params: given, signal, cores: threads } = context;
    const trained = await trainedParts(requiredInput(inputs, 'result').path, inputs['base']?.path);
    const model = join(requiredInput(inputs, 'model').path, weightsFile);
    const adapter =
      inputs['adapter'] === undefined ? undefined : await adapterWeights(inputs['adapter'].path);
    const { quantisation } = await readGguf(model, given.name);
    const file = join(context.scratch, 'reference.json');
    await runProgram(context, {
      ...{ module: 'towpath_trainer.reference_tokens', subject: say('training.job', { job: given.name }) },
      args: [
        ...[
          trained.model,
          file,
          '--tokens',
          requiredInput(inputs, 'tokens').path,
          '--count',
          String(given.prompts),
        ],
        ...['--new', String(given.newTokens), '--scored', String(given.scored)],
        ...(trained.adapter === undefined ? [] : ['--adapter', trained.adapter]),
        // An adapter file keeps its 32 bits.
        ...(quantisation === 'F16' && adapter === undefined ? ['--rounded'] : []),
      ],
    });
    const reference = await readReference(file);
    const total = reference.prompts.length + reference.texts.length;
    let done = 0;
    const run = await runLlama(reference, {
      ...{ model, adapter, threads, signal },
      onDone: () => {
        done += 1;
        context.progress({ done, total, unit: 'rows', note: say('agreement.llama') });
      },
    });
    const agreement = agreementOf(reference, run, quantisation, adapter !== undefined);
    const { prompts, identical, ties, perplexity, faults } = agreement;
    const facts = {
      ...{ quantisation, prompts, identical, ties },
      ...{ perplexity: perplexity.llama, perplexity_excess: perplexity.excess, tokens: perplexity.tokens },
    };
    context.log(JSON.stringify({ ...agreement, faults: faults.map((fault) => render(fault, 'en')) }));
    if (faults.length > 0) {
      throw new TowpathError(
        'TOW_TRAIN_EXPORT_DISAGREES',
        say('agreement.disagrees', {
          ...{ job: given.name, quantisation },
          faults: faults.reduceRight((rest, first) => say('agreement.and', { first, rest })),
        }),
        { data: facts },
      );
    }
    await agreementFormat.write(context.outputs['agreement'] ?? '', agreement);
    return facts;
  },
});
