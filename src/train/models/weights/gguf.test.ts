import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saidIn, TowpathError } from '../../../core/errors/towpath-error.ts';
import { englishIn } from '../../../core/messages/testing/english.ts';
import { tinyGguf, tinySafetensors } from '../../testing/weights.ts';
import { zipOf } from '../../testing/zip.ts';
import { readGguf } from './gguf.ts';
import { weightsKind } from './kind.ts';
import { readSafetensors } from './safetensors.ts';

const names = ['GGUF', 'Python', 'PyTorch', 'data.pkl', 'pickle', 'safetensors'];

/** English words of ours that are left when it is said in Chinese. */
function inChinese(thrown: unknown): string[] {
  expect(thrown).toBeInstanceOf(TowpathError);
  const { message, causes } = saidIn((thrown as TowpathError).toRecord(), 'zh');
  return englishIn([message, ...causes].join(' '), names);
}

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

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a pickle', Buffer.from([0x80, 2, 1])],
    ['a pickle in a zip', zipOf([{ name: 'data.pkl', content: 'x' }])],
    ['a zip of something else', zipOf([{ name: 'a.txt', content: 'x' }])],
    ['a web page', Buffer.from('<html>')],
  ])('says in Chinese what it refuses: %s', async (_, bytes) => {
    const path = await file(bytes);
    expect(inChinese(await weightsKind(path, 'x').catch((thrown: unknown) => thrown))).toEqual([]);
  });

  it('says in Chinese how safetensors are damaged', async () => {
    for (const bytes of [
      tinySafetensors().subarray(0, 12),
      Buffer.concat([tinySafetensors(), Buffer.of(1)]),
    ]) {
      const path = await file(bytes);
      expect(inChinese(await readSafetensors(path, 'x').catch((thrown: unknown) => thrown))).toEqual([]);
    }
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
        if (!(outcome instanceof Error)) return;
        expect(outcome).toBeInstanceOf(TowpathError);
        expect(inChinese(outcome)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
