import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes, digestJson, type Digest } from '../../core/digest.ts';
import { openUnrecorded } from '../open.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { nextPromotion } from './ledger.ts';
import { numberOf, type KeptResult, type RecordCopies } from './record-copies.ts';

const digest = digestBytes('x');
const kept: KeptResult = {
  result: {
    ...{ key: digest, step: 'a', kind: 'k', code: digest, params: {}, facts: {}, outputs: { out: digest } },
    ...{ run: 'run-1', createdAt: 1, duration: 2 },
  },
  inputs: [{ role: 'input', name: 'in', digest, label: 'b/out' }],
  artifacts: [{ digest, kind: 'file', media: 'set', bytes: 1, files: 1 }],
};

describe('the copies of records', () => {
  let dir: string;
  let copies: RecordCopies;
  let artifacts: ArtifactStore;
  const at = (...names: string[]): string => join(dir, 'artifacts/records', ...names);
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-copies-'));
    ({ copies, artifacts } = await openUnrecorded(dir));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const release = (number: number, manifest: Digest) => ({
    ...{ name: `r${String(number)}`, manifest, createdAt: number, createdBy: 'ann' },
  });
  const promotion = (seq: number) =>
    nextPromotion(
      seq === 1
        ? undefined
        : {
            ...nextPromotion(undefined, { release: 'r1', action: 'promote', actor: '', reason: '' }, 1),
            seq: seq - 1,
          },
      { release: 'r1', action: 'rollback', actor: 'ann', reason: 'because' },
      seq,
    );
  /** Writes a copy that says something else than it did, with its digest or without. */
  const forge = async (place: string, body: unknown, more: object = {}): Promise<void> => {
    await writeFile(
      at(place),
      JSON.stringify({ schema: 1, digest: digestJson(body as never), body, ...more }),
    );
  };

  test('of releases are read as they were written, with what their manifests say, in the order of their numbers', async () => {
    const { digest: manifest } = await artifacts.put('manifest', 'release');
    const full = { ...release(10, manifest), run: 'run-1', givenUp: { at: 3, by: 'bob' } };
    for (const each of [full, release(9, manifest), release(1, digest)]) await copies.keepRelease(each);
    expect(await copies.releases()).toEqual({
      kept: [
        release(1, digest),
        { ...release(9, manifest), content: 'manifest' },
        { ...full, content: 'manifest' },
      ],
      damaged: [],
    });
    expect(await copies.release('r10')).toEqual({ ...full, content: 'manifest' });
    expect(await copies.release('r2')).toBeUndefined();
    expect(await copies.counts()).toEqual({ releases: 3, newest: 10, promotions: 0 });
  });

  test('keep what a manifest said when it is gone, as long as it is the same one', async () => {
    const { digest: manifest } = await artifacts.put('manifest', 'release');
    await copies.keepRelease(release(1, manifest));
    await rm(join(dir, 'artifacts', manifest.slice(0, 2)), { recursive: true });
    await copies.keepRelease({ ...release(1, manifest), givenUp: { at: 3, by: 'bob' } });
    expect(await copies.release('r1')).toMatchObject({ content: 'manifest', givenUp: { by: 'bob' } });
    await copies.keepRelease(release(1, digest));
    expect(await copies.release('r1')).toEqual(release(1, digest));
  });

  test('leave out what a manifest says when it is longer than any', async () => {
    const most = await artifacts.put('x'.repeat(4 << 20), 'release');
    const more = await artifacts.put('x'.repeat((4 << 20) + 1), 'release');
    await copies.keepRelease(release(1, most.digest));
    await copies.keepRelease(release(2, more.digest));
    expect((await copies.release('r1'))?.content).toHaveLength(4 << 20);
    expect(await copies.release('r2')).not.toHaveProperty('content');
  });

  test('of promotions are read in their order, the last one by itself', async () => {
    expect(await copies.lastPromotion()).toBeUndefined();
    for (const seq of [2, 10, 1]) await copies.keepPromotion(promotion(seq));
    expect(await readdir(at('promotions'))).toContain('0000000010.json');
    expect((await copies.promotions()).kept).toEqual([1, 2, 10].map(promotion));
    expect(await copies.lastPromotion()).toEqual(promotion(10));
    await forge('promotions/0000000010.json', promotion(10), { digest });
    expect(await copies.lastPromotion()).toEqual(promotion(2));
    expect((await copies.promotions()).damaged).toEqual([at('promotions/0000000010.json')]);
    expect(await copies.counts()).toEqual({ releases: 0, newest: 0, promotions: 3 });
    expect(await copies.setPromotionsAside(join(dir, 'damaged/promotions'))).toBe(
      join(dir, 'damaged/promotions.1'),
    );
    expect(await copies.promotions()).toEqual({ kept: [], damaged: [] });
  });

  test('of results are read one by one, told where they are damaged, and dropped', async () => {
    await copies.keepResult(kept);
    expect(await copies.result(digest)).toEqual(kept);
    const other = digestBytes('other');
    await writeFile(at(`results/${other}.json`), '{"half');
    await writeFile(at('results/notes.txt'), 'x');
    const found: unknown[] = [];
    for await (const each of copies.results()) found.push(each);
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([kept, { damaged: at(`results/${other}.json`) }]));
    await copies.dropResult(digest);
    await copies.dropResult(digest);
    expect(await copies.result(digest)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['no JSON', '{"half'],
    ['another body', { schema: 1, digest, body: { name: 'r1' } }],
    ['no body', { schema: 1, digest }],
    ['more than it may have', { schema: 1, digest: digestJson({ a: 1 }), body: { a: 1 }, more: 1 }],
    ['no schema', { digest: digestJson({ a: 1 }), body: { a: 1 } }],
    ['an older schema', { schema: 0, digest: digestJson({ a: 1 }), body: { a: 1 } }],
    ['a schema in words', { schema: '2', digest: digestJson({ a: 1 }), body: { a: 1 } }],
    ...[null, 7, 'x', []].map((value): [string, unknown] => [`${JSON.stringify(value)} in it`, value]),
  ])('with %s are damaged', async (_, value) => {
    await copies.keepRelease(release(1, digest));
    await writeFile(
      at('releases/r1.json'),
      typeof value === 'string' && value !== 'x' ? value : JSON.stringify(value),
    );
    expect(await copies.release('r1')).toBeUndefined();
    expect((await copies.releases()).damaged).toEqual([at('releases/r1.json')]);
    expect((await copies.counts()).releases).toBe(1);
    expect(await copies.setReleaseAside('r1', join(dir, 'damaged/r1'))).toBe(join(dir, 'damaged/r1.1'));
    expect(await copies.releases()).toEqual({ kept: [], damaged: [] });
  });

  test('that are no files are damaged, too', async () => {
    await mkdir(at('releases/r1.json'), { recursive: true });
    expect(await copies.release('r1')).toBeUndefined();
  });

  test('of a later version are refused by name', async () => {
    await copies.keepRelease(release(1, digest));
    await forge('releases/r1.json', {}, { schema: 2 });
    await expect(copies.release('r1')).rejects.toMatchObject({
      ...{ code: 'TOW_STORE_DATABASE_NEWER', where: at('releases/r1.json') },
      message: expect.stringMatching(/schema 2, .*up to 1/) as string,
    });
  });

  test('know since when they are complete, and are taken away all together', async () => {
    expect(await copies.complete()).toBeUndefined();
    await copies.markComplete(7);
    expect(await copies.complete()).toEqual({ since: 7 });
    await copies.keepRelease(release(1, digest));
    expect(await copies.setAside(join(dir, 'damaged/records'))).toBe(join(dir, 'damaged/records.1'));
    expect(await copies.complete()).toBeUndefined();
    expect(await readFile(join(dir, 'damaged/records.1/releases/r1.json'), 'utf8')).toContain('"r1"');
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });

  test('that cannot be written or read say so', async () => {
    await mkdir(at(), { recursive: true });
    await writeFile(at('releases'), 'in the way');
    await expect(copies.keepRelease(release(1, digest))).rejects.toThrow();
    await expect(copies.releases()).rejects.toThrow();
    await expect(copies.counts()).rejects.toThrow();
    expect(await readdir(join(dir, 'tmp'))).toEqual([]);
  });
});

test('the number of a release is that of its name and of its file', () => {
  expect(['r1', 'r12', 'r12.json'].map(numberOf)).toEqual([1, 12, 12]);
});
