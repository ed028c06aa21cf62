import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { digestBytes } from '../../src/core/digest.ts';
import { openPassageEmbedder } from '../../src/data/index/embed.ts';
import { embedderStep } from '../../src/train/models/embedder/step.ts';
import { ensureEnvironment } from '../../src/train/python/environment.ts';
import { trainerDigest, trainerDir } from '../../src/train/python/trainer.ts';
import { tinyGguf, tinySafetensors } from '../../src/train/testing/weights.ts';
import { zipOf } from '../../src/train/testing/zip.ts';

// pip and venv take their time on a machine that is busy otherwise.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const { signal } = new AbortController();
const quiet = { metric: () => undefined, progress: () => undefined, log: () => undefined };

/** Kept between runs of the tests: its environment takes a while to install. */
const projectDir = join(tmpdir(), 'towpath-test-project');

describe('train.embedder', () => {
  let dir: string;
  let published: string;
  let python: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-embedder-'));
    python = await ensureEnvironment({ root: join(projectDir, '.towpath', 'python'), signal, ...quiet });
    published = join(dir, 'published');
    execFileSync(python, [join(trainerDir, 'tests', 'tiny_bert.py'), published]);
  }, 300_000);
  afterAll(() => rm(dir, { recursive: true }));

  const run = async (weights: Buffer, name: string) => {
    const place = join(dir, name);
    await mkdir(join(place, 'scratch'), { recursive: true });
    await writeFile(join(place, 'weights'), weights);
    const from = [{ file: join(place, 'weights') }];
    const entry = { name: 'tiny', sha256: digestBytes(weights), licence: 'MIT', from };
    await embedderStep.run({
      params: embedderStep.params.parse({
        ...entry,
        trainer: await trainerDigest('towpath_trainer.convert_embedder', 'requirements.txt'),
      }),
      inputs: {},
      outputs: { model: join(place, 'model') },
      scratch: join(place, 'scratch'),
      projectDir: place,
      keepDir: join(place, 'keep'),
      random: () => 0,
      cores: 1,
      signal,
      ...quiet,
    });
    return join(place, 'model');
  };
  const zipped = async (names: readonly string[], folder = '') =>
    zipOf(
      await Promise.all(
        names.map(async (name) => ({
          name: `${folder}${name}`,
          content: await readFile(join(published, name)),
        })),
      ),
    );

  it('converts a published encoder to GGUF whose vectors are those of the network itself', async () => {
    const model = await run(
      await zipped(['config.json', 'tokenizer.json', 'model.safetensors'], 'inner/'),
      'whole',
    );
    expect(JSON.parse(await readFile(join(model, 'model.json'), 'utf8'))).toMatchObject({
      convertedFrom: 'safetensors',
      weights: { architecture: 'bert', context: 64, quantisation: 'F16' },
    });
    const texts = ['The locks open.', 'a boat', '水位 agree'];
    const reference = JSON.parse(
      execFileSync(python, ['-m', 'towpath_trainer.reference', published], {
        input: JSON.stringify(texts),
        env: { ...process.env, PYTHONPATH: join(trainerDir, 'src') },
      }).toString(),
    ) as number[][];
    const embedder = await openPassageEmbedder(model, { threads: 1 });
    const vectors = await embedder.embed(texts, signal);
    const [long] = await embedder.embed(['The locks open. '.repeat(500)], signal);
    await embedder.close();
    expect(long).toHaveLength(32);
    for (const [at, vector] of vectors.entries()) {
      const cosine = vector.reduce((sum, value, axis) => sum + value * (reference[at]?.[axis] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.999);
    }
  }, 120_000);

  it('takes GGUF as it is', async () => {
    const weights = tinyGguf({ architecture: 'bert' });
    expect(await readFile(join(await run(weights, 'gguf'), 'model.gguf'))).toEqual(weights);
  });

  it('says what a zip lacks', async () => {
    const zip = await zipped(['tokenizer.json', 'model.safetensors']);
    await expect(run(zip, 'lacking')).rejects.toMatchObject({
      code: 'TOW_TRAIN_MODEL_UNFIT',
      message: 'tiny cannot be converted: config.json is missing',
    });
  });

  it('asks for the files beside bare safetensors', async () => {
    await expect(run(tinySafetensors(), 'bare')).rejects.toMatchObject({ code: 'TOW_TRAIN_MODEL_UNFIT' });
  });

  it('refuses a zip whose weights are cut off', async () => {
    const zip = zipOf([{ name: 'model.safetensors', content: tinySafetensors().subarray(0, -1) }]);
    await expect(run(zip, 'cut')).rejects.toMatchObject({ code: 'TOW_TRAIN_WEIGHTS_TRUNCATED' });
  });
});
