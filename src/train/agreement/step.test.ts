import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestBytes, digestFile } from '../../core/digest.ts';
import type { StepContext, StepFacts, StepKind } from '../../flow/step.ts';
import { exportStep } from '../export/step.ts';
import { trainerDir } from '../python/trainer.ts';
import { lendPython, trainPython } from '../testing/train-python.ts';
import { openLocalGenerator } from '../../llama/local-models.ts';
import { agreementStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

const python = trainPython();
const trainer = digestBytes('trainer');
/** PyTorch alone takes seconds to start on a busy machine, and every program here starts it. */
const patience = 180_000;

describe.skipIf(python === undefined)('an exported model and PyTorch', () => {
  let dir: string;
  const place = (name: string): string => join(dir, name);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-agreement-'));
    await lendPython(python ?? '', dir);
    const made = spawnSync(python ?? '', [join(trainerDir, 'tests', 'tiny_llama.py'), place('made')], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: join(trainerDir, 'src') },
    });
    if (made.status !== 0) throw new Error(made.stderr);
    // A job's result holds either a model or an adapter.
    await mkdir(place('whole'), { recursive: true });
    await mkdir(place('lora'), { recursive: true });
    await rename(place('made/model'), place('whole/model'));
    await rename(place('made/adapter'), place('lora/adapter'));
  }, patience);
  afterAll(async () => {
    await rm(dir, { recursive: true });
  });

  const run = async <P>(
    step: StepKind<P>,
    params: unknown,
    inputs: Record<string, string>,
    output: string,
  ): Promise<StepFacts | void> => {
    await mkdir(place('scratch'), { recursive: true });
    const context: StepContext<P> = {
      params: step.params.parse(params),
      inputs: stepInputs(inputs),
      outputs: { [step.outputs[0] ?? '']: output },
      scratch: place('scratch'),
      projectDir: dir,
      keepDir: place('keep'),
      random: () => 0,
      cores: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
      metric: () => undefined,
      log: () => undefined,
    };
    return await step.run(context);
  };
  const compare = async (inputs: Record<string, string>): Promise<StepFacts | void> =>
    await run(
      agreementStep,
      { name: 'tiny', trainer, newTokens: 12, scored: 400 },
      { tokens: place('made/tokens'), ...inputs },
      place('agreement'),
    );

  test(
    'at f16 both continue all prompts alike, and score a text alike',
    async () => {
      const result = place('whole');
      const params = { name: 'tiny', kind: 'model', quantisation: 'f16', trainer };
      const model = place('model');
      const facts = await run(exportStep, params, { result }, model);
      expect(facts).toMatchObject({ quantisation: 'F16', licence: 'NOASSERTION', architecture: 'llama' });
      expect(JSON.parse(await readFile(join(model, 'model.json'), 'utf8'))).toMatchObject({
        name: 'tiny',
        origin: 'trained by job tiny',
        sha256: await digestFile(join(model, 'model.gguf')),
        convertedFrom: 'safetensors',
      });
      const found = await compare({ result, model });
      expect(found).toMatchObject({ prompts: 50, tokens: 400 });
      const { identical, ties } = found as { identical: number; ties: number };
      expect(identical + ties).toBe(50);
      const written = JSON.parse(
        await readFile(join(place('agreement'), 'agreement.json'), 'utf8'),
      ) as object;
      expect(written).toMatchObject({ identical, faults: [] });
    },
    patience,
  );

  test(
    'an adapter over the base agrees with peft, and without it nothing does',
    async () => {
      const inputs = { result: place('lora'), base: place('whole/model'), model: place('model') };
      const adapter = place('adapter');
      const facts = await run(exportStep, { name: 'change', kind: 'adapter', trainer }, inputs, adapter);
      const base = await digestFile(join(inputs.model, 'model.gguf'));
      expect(facts).toMatchObject({ name: 'change', base, rank: 4, alpha: 8 });
      expect(await compare({ ...inputs, adapter })).toMatchObject({ prompts: 50 });
      await expect(compare(inputs)).rejects.toMatchObject({ code: 'TOW_TRAIN_EXPORT_DISAGREES' });
    },
    patience,
  );

  test(
    'merged into the base it agrees too',
    async () => {
      const inputs = { result: place('lora'), base: place('whole/model'), model: place('model') };
      const model = place('merged');
      await run(exportStep, { name: 'merged', kind: 'model', quantisation: 'q8_0', trainer }, inputs, model);
      expect(await compare({ ...inputs, model })).toMatchObject({ quantisation: 'Q8_0' });
    },
    patience,
  );

  test('a generator serves the adapter over its base, and one that stands for none leaves it out', async () => {
    const written = async (adapter?: string): Promise<string> => {
      const generator = await openLocalGenerator({
        folder: place('model'),
        adapter,
        threads: 1,
        context: 128,
      });
      const pieces: string[] = [];
      const request = { prompt: 'The lock opens', maxTokens: 12 };
      for await (const piece of generator.generate(request, new AbortController().signal)) pieces.push(piece);
      return pieces.join('');
    };
    await mkdir(place('none'), { recursive: true });
    await writeFile(join(place('none'), 'adapter.json'), '{"schema":1,"none":true}');
    const plain = await written();
    expect(await written(place('none'))).toBe(plain);
    expect(await written(place('adapter'))).not.toBe(plain);
  });
});
