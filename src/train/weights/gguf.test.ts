import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { tinyGguf, tinySafetensors } from '../testing/weights.ts';
import { readGguf } from './gguf.ts';
import { weightsKind } from './kind.ts';
import { readSafetensors } from './safetensors.ts';

describe('reading model files', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-gguf-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const file = async (bytes: Buffer) => {
    const path = join(dir, 'weights');
    await writeFile(path, bytes);
    return path;
  };

  it('reads architecture, context and parameters of a GGUF file', async () => {
    expect(
      await readGguf(await file(tinyGguf({ architecture: 'bert', values: 96, context: 512 })), 'x'),
    ).toEqual({
      format: 'gguf',
      architecture: 'bert',
      context: 512,
      parameters: 96,
      quantisation: 'F32',
      tensors: 1,
    });
  });

  it('reads the parameters and tensor names of a safetensors file', async () => {
    expect(await readSafetensors(await file(tinySafetensors()), 'x')).toMatchObject({
      parameters: 4,
      tensors: ['weight'],
    });
  });

  it('tells a file by its bytes', async () => {
    expect(await weightsKind(await file(tinyGguf()), 'x.bin')).toBe('gguf');
    expect(await weightsKind(await file(tinySafetensors()), 'x.gguf')).toBe('safetensors');
  });

  it('finds every cut: no shorter file is taken for whole', async () => {
    const whole = tinyGguf();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const path = await file(whole.subarray(0, length));
        await expect(readGguf(path, 'x')).rejects.toBeInstanceOf(TowpathError);
      }),
      { numRuns: 60 },
    );
  });

  it('ends with a registered error on any damage, and never hangs', async () => {
    const whole = tinyGguf();
    await fc.assert(
      fc.asyncProperty(fc.nat(140), fc.nat(255), async (at, value) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        const outcome = await readGguf(await file(damaged), 'x').catch((thrown: unknown) => thrown);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(TowpathError);
      }),
      { numRuns: 150 },
    );
  });
});
