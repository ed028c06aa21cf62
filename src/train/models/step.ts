import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFormat, weightsFile, type GgufFacts } from '../../contract/model-artifact.ts';
import { asDigest } from '../../core/digest.ts';
import { defineStep, type StepFacts } from '../../flow/step.ts';
import { modelEntry, type ModelEntry } from './section.ts';
import { acceptGenerator } from './accept.ts';
import { fetchEntry } from './fetch.ts';

/** `train.model`: fetches a generator's weights, verifies them and records where they came from. */
export const modelStep = defineStep({
  name: 'train.model',
  module: import.meta.url,
  exportName: 'modelStep',
  params: modelEntry,
  inputs: [],
  outputs: ['model'],
  timeout: 6 * 3_600_000,
  async run(context) {
    const folder = context.outputs['model'] ?? '';
    await mkdir(folder, { recursive: true });
    const path = join(folder, weightsFile);
    const origin = await fetchEntry(context.params, path, context);
    const weights = await acceptGenerator(path, `${context.params.name} (${origin})`);
    return await writeRecord(folder, context.params, origin, weights);
  },
});

/** Writes `model.json` beside `model.gguf`; returns what of it is worth showing. */
export async function writeRecord(
  folder: string,
  { name, licence, sha256 }: Pick<ModelEntry, 'name' | 'licence' | 'sha256'>,
  origin: string,
  weights: GgufFacts,
  convertedFrom?: 'safetensors',
): Promise<StepFacts> {
  const { size: bytes } = await stat(join(folder, weightsFile));
  await modelFormat.write(folder, {
    ...{ name, licence, origin, sha256: asDigest(sha256), bytes, weights },
    ...(convertedFrom && { convertedFrom }),
  });
  const { architecture, context, parameters, quantisation } = weights;
  return {
    name,
    licence,
    origin,
    sha256,
    bytes,
    architecture,
    context: context ?? null,
    parameters,
    quantisation,
  };
}
