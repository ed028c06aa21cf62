import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { weightsFile } from '../../../contract/model-artifact.ts';
import { say } from '../../../core/messages/message.ts';
import { defineStep, type StepContext } from '../../../flow/step.ts';
import { unfit } from '../accept.ts';
import { fetchEntry } from '../fetch.ts';
import { writeRecord } from '../step.ts';
import { runProgram } from '../../python/run-program.ts';
import { trainerVersion } from '../../python/trainer.ts';
import { modelEntry } from '../section.ts';
import { extract, openArchive } from '../source/archive.ts';
import { readGguf } from '../weights/gguf.ts';
import { weightsKind } from '../weights/kind.ts';
import { readSafetensors } from '../weights/safetensors.ts';

const params = modelEntry.extend({
  trainer: trainerVersion,
});

type Params = z.infer<typeof params>;

/**
 * `train.embedder`: fetches an embedding model and verifies it. GGUF is taken as it is; a zip with the safetensors of
 * a BERT encoder, its config.json and its tokenizer.json is converted by the trainer.
 */
export const embedderStep = defineStep({
  name: 'train.embedder',
  module: import.meta.url,
  exportName: 'embedderStep',
  params,
  inputs: [],
  outputs: ['model'],
  timeout: 6 * 3_600_000,
  async run(context) {
    const { name } = context.params;
    const folder = context.outputs['model'] ?? '';
    await mkdir(folder, { recursive: true });
    const fetched = join(context.scratch, 'weights');
    const origin = await fetchEntry(context.params, fetched, context);
    const called = `${name} (${origin})`;
    const kind = await weightsKind(fetched, called);
    const model = join(folder, weightsFile);
    if (kind === 'safetensors') {
      await readSafetensors(fetched, called);
      throw unfit(called, say('train.bare-safetensors'));
    }
    if (kind === 'zip') await convert(fetched, model, context);
    else await rename(fetched, model);
    const weights = await readGguf(model, name);
    return await writeRecord(
      folder,
      context.params,
      origin,
      weights,
      kind === 'zip' ? 'safetensors' : undefined,
    );
  },
});

async function convert(zip: string, out: string, context: StepContext<Params>): Promise<void> {
  const { name } = context.params;
  const folder = join(context.scratch, 'published');
  const archive = await openArchive(zip, name);
  try {
    const safetensors = archive.names.find((member) => /(?:^|\/)model\.safetensors$/.test(member));
    if (safetensors === undefined)
      throw unfit(name, say('train.zip-without', { members: archive.names.slice(0, 8) }));
    const prefix = safetensors.slice(0, -'model.safetensors'.length);
    // Only these, by name: whatever else the zip holds stays in it.
    const wanted = ['model.safetensors', 'config.json', 'tokenizer.json', '1_Pooling/config.json'];
    const files = wanted.filter((file) => archive.names.includes(prefix + file));
    await extract(
      archive,
      files.map((file) => ({ name: prefix + file, as: file })),
      folder,
      context.signal,
    );
  } finally {
    archive.close();
  }
  await readSafetensors(join(folder, 'model.safetensors'), name);
  const args = [folder, out, '--name', name];
  const module = 'towpath_trainer.convert_embedder';
  await runProgram(context, { list: 'convert', module, args, subject: name });
}
