import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { modelEntry } from './section.ts';
import { tinyGguf, tinySafetensors } from '../testing/weights.ts';
import { zipOf } from '../testing/zip.ts';
import { modelStep } from './step.ts';

describe('train.model', () => {
  let dir: string;
  let lines: string[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-model-'));
    lines = [];
  });
  afterEach(() => rm(dir, { recursive: true }));
  const run = async (
    bytes: Buffer,
    from: unknown[] = [{ file: 'weights' }],
    sha256: string = digestBytes(bytes),
  ) => {
    await writeFile(join(dir, 'weights'), bytes);
    await mkdir(join(dir, 'keep'), { recursive: true });
    return await modelStep.run({
      params: modelEntry.parse({ name: 'tiny', sha256, licence: 'Apache-2.0', from }),
      inputs: {},
      outputs: { model: join(dir, 'model') },
      scratch: dir,
      projectDir: dir,
      keepDir: join(dir, 'keep'),
      random: () => 0,
      cores: 1,
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: (line) => lines.push(line),
    });
  };

  it('writes the weights and a record of licence, origin and what the header says', async () => {
    const bytes = tinyGguf();
    const facts = await run(bytes);
    expect(await readFile(join(dir, 'model', 'model.gguf'))).toEqual(bytes);
    expect(JSON.parse(await readFile(join(dir, 'model', 'model.json'), 'utf8'))).toEqual({
      schema: 1,
      name: 'tiny',
      licence: 'Apache-2.0',
      origin: 'file:weights',
      sha256: digestBytes(bytes),
      bytes: bytes.length,
      weights: {
        format: 'gguf',
        architecture: 'llama',
        context: 128,
        parameters: 64,
        quantisation: 'F32',
        tensors: 1,
      },
    });
    expect(facts).toMatchObject({ architecture: 'llama', parameters: 64 });
  });

  it('tries the places in order and logs why one failed', async () => {
    await run(tinyGguf(), [{ file: 'missing.gguf' }, { file: 'weights' }]);
    expect(lines[0]).toContain('missing.gguf failed');
  });

  it('lists every place with its reason when none worked', async () => {
    const failed = run(tinyGguf(), [{ file: 'a.gguf' }, { file: 'b.gguf' }]);
    await expect(failed).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCES_FAILED',
      message: expect.stringMatching(/none of 2 places.*\n.*a\.gguf.*\n.*b\.gguf/) as string,
    });
  });

  it('names the secret that a place needs and its user gives to no such host, or the environment lacks', async () => {
    const place = {
      hf: 'a/b',
      revision: '0'.repeat(40),
      file: 'x',
      endpoint: 'http://127.0.0.1:9',
      token: 'env:TOWPATH_NO_SUCH',
    };
    await expect(run(tinyGguf(), [place])).rejects.toMatchObject({ code: 'TOW_PROJECT_UNTRUSTED' });
    const elsewhere = await mkdtemp(join(tmpdir(), 'towpath-trust-'));
    const grants = { hosts: [], secrets: ['env:TOWPATH_NO_SUCH@http://127.0.0.1:9'], paths: [] };
    const file = join(elsewhere, 'trust.json');
    await writeFile(file, JSON.stringify({ schema: 1, projects: { '*': grants } }), { mode: 0o600 });
    vi.stubEnv('TOWPATH_TRUST', file);
    try {
      await expect(run(tinyGguf(), [place])).rejects.toMatchObject({ code: 'TOW_PROJECT_SECRET_MISSING' });
    } finally {
      vi.unstubAllEnvs();
      await rm(elsewhere, { recursive: true });
    }
  });

  it.each([
    ['tampered with', tinyGguf(), 'TOW_TRAIN_WEIGHTS_MISMATCH', 'f'.repeat(64)],
    ['cut off in its tensors', tinyGguf().subarray(0, -1), 'TOW_TRAIN_WEIGHTS_TRUNCATED'],
    ['cut off in its header', tinyGguf().subarray(0, 60), 'TOW_TRAIN_WEIGHTS_TRUNCATED'],
    ['empty', Buffer.alloc(0), 'TOW_TRAIN_WEIGHTS_TRUNCATED'],
    ['a pickle', Buffer.from([0x80, 2, 0x63, 0x6f, 0x73, 0x0a]), 'TOW_TRAIN_PICKLE_REFUSED'],
    ['a zip of a pickle', zipOf([{ name: 'm/data.pkl', content: 'x' }]), 'TOW_TRAIN_PICKLE_REFUSED'],
    ['a zip of nothing useful', zipOf([{ name: 'readme.txt', content: 'x' }]), 'TOW_TRAIN_WEIGHTS_FORMAT'],
    ['a broken zip', zipOf([{ name: 'x', content: 'x' }]).subarray(0, 20), 'TOW_TRAIN_WEIGHTS_FORMAT'],
    ['a web page', Buffer.from('<!DOCTYPE html><title>Sign in</title>'), 'TOW_TRAIN_WEIGHTS_FORMAT'],
    ['an encoder', tinyGguf({ architecture: 'bert' }), 'TOW_TRAIN_MODEL_UNFIT'],
    ['safetensors', tinySafetensors(), 'TOW_TRAIN_MODEL_UNFIT'],
    ['cut-off safetensors', tinySafetensors().subarray(0, -1), 'TOW_TRAIN_WEIGHTS_TRUNCATED'],
  ])('refuses weights that are %s', async (_what, bytes, code, sha256?: string) => {
    await expect(run(bytes, undefined, sha256)).rejects.toMatchObject({ code, kind: 'user' });
  });
});
