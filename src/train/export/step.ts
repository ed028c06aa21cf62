import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { adapterFile, adapterFormat } from '../../contract/adapter-artifact.ts';
import { modelFormat, weightsFile } from '../../contract/model-artifact.ts';
import { digestFile, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { defineStep, requiredInput, type StepContext, type StepFacts } from '../../flow/step.ts';
import { quantisations } from '../jobs/schema.ts';
import { writeRecord } from '../models/step.ts';
import { runProgram } from '../python/run-program.ts';
import { trainerVersion } from '../python/trainer.ts';
import { readGguf } from '../models/weights/gguf.ts';
import { adapterSettings } from './adapter-settings.ts';
import { trainedParts, type Trained } from './trained.ts';

const params = z.strictObject({
  /** Of the job, and of what it made. */
  name: z.string().min(1),
  /** `adapter` leaves the base as it is; `model` merges an adapter into it. */
  kind: z.enum(['model', 'adapter']),
  /** Of a model; an adapter keeps 32 bits. */
  quantisation: z.enum(quantisations).default('f16'),
  /** Where no base has one to hand down. */
  licence: z.string().min(1).optional(),
  trainer: trainerVersion,
});

type Params = z.infer<typeof params>;

/** SPDX's word for a licence that nobody stated. */
const unstated = 'NOASSERTION';

/**
 * `train.export`: writes a job's result as GGUF, which llama.cpp loads. The output `model` is a folder of
 * `model.gguf` and `model.json`, or, of kind adapter, of `adapter.gguf` and `adapter.json`. The input `model` is the
 * base's artifact: it lends the tokenizer and the licence, and an adapter names its weights.
 */
export const exportStep = defineStep<Params>({
  name: 'train.export',
  module: import.meta.url,
  exportName: 'exportStep',
  params,
  inputs: ['result'],
  optionalInputs: ['base', 'model'],
  outputs: ['model'],
  async run(context) {
    const { inputs, outputs } = context;
    const folder = outputs['model'] ?? '';
    await mkdir(folder, { recursive: true });
    const trained = await trainedParts(requiredInput(inputs, 'result').path, inputs['base']?.path);
    const base = inputs['model']?.path;
    const record = base === undefined ? undefined : await modelFormat.read(base);
    return context.params.kind === 'adapter'
      ? await exportAdapter(context, trained, folder, record?.sha256)
      : await exportModel(context, trained, folder, record?.licence);
  },
});

async function exportModel(
  context: StepContext<Params>,
  { model, adapter }: Trained,
  folder: string,
  inherited: string | undefined,
): Promise<StepFacts> {
  const { name, quantisation, licence } = context.params;
  const file = join(folder, weightsFile);
  const base = context.inputs['model']?.path;
  await runExport(context, 'towpath_trainer.export_model', [
    ...[model, file, '--quantisation', quantisation, '--name', name],
    ...(base === undefined ? [] : ['--like', join(base, weightsFile)]),
    ...(adapter === undefined ? [] : ['--merge', adapter]),
  ]);
  const described = {
    name,
    licence: licence ?? inherited ?? unstated,
    sha256: await digestFile(file, context.signal),
  };
  return await writeRecord(folder, described, originOf(name), await readGguf(file, name), 'safetensors');
}

async function exportAdapter(
  context: StepContext<Params>,
  { model, adapter }: Trained,
  folder: string,
  base: Digest | undefined,
): Promise<StepFacts> {
  const { name } = context.params;
  if (adapter === undefined || base === undefined) {
    const why = say(adapter === undefined ? 'train.whole-model' : 'train.no-weights');
    throw new TowpathError('TOW_TRAIN_EXPORT_UNFIT', say('train.no-adapter', { job: name, why }));
  }
  const file = join(folder, adapterFile);
  await runExport(context, 'towpath_trainer.export_adapter', [adapter, model, file, '--name', name]);
  const record = {
    name,
    base,
    sha256: await digestFile(file, context.signal),
    bytes: (await stat(file)).size,
    ...(await adapterSettings(adapter)),
  };
  await adapterFormat.write(folder, record);
  return { ...record };
}

async function runExport(
  context: StepContext<Params>,
  module: string,
  args: readonly string[],
): Promise<void> {
  await runProgram(context, { module, args, subject: say('training.result', { job: context.params.name }) });
}

function originOf(job: string): string {
  return `trained by job ${job}`;
}
