import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asDigest } from '../../src/core/digest.ts';
import { digestFile } from '../../src/core/digest.ts';
import type { DocumentRecord } from '../../src/contract/documents/document.ts';
import { buildIndex } from '../../src/data/index/build.ts';
import { passageSettings } from '../../src/data/index/section.ts';
import { openIndex } from '../../src/qa/retrieval/open-index.ts';
import type { Retriever } from '../../src/qa/retrieval/retriever.ts';

const { signal } = new AbortController();
const settings = passageSettings.parse({});

const document = (id: string, language: 'en' | 'zh', text: string): DocumentRecord => ({
  id,
  source: `${id}.md`,
  title: id,
  language,
  text,
  split: 'train',
  layout: 'markdown',
});

const documents = [
  document(
    'locks',
    'en',
    '# Locks\n\nA lock opens when the levels agree.\n\n## Keepers\n\nThe keeper lives beside it.',
  ),
  document('boats', 'en', '# Boats\n\nA narrow boat is drawn by a horse.'),
  document('rates', 'en', '# Rates\n\nThe rate limit is `max_requests: 60` in towpath.yaml.'),
  document('船闸', 'zh', '# 船闸\n\n两侧水位一致时，船闸才会打开。\n\n## 看守\n\n看守人住在旁边。'),
  document('船', 'zh', '# 船\n\n窄船由马匹牵引。'),
];

/** Vectors that know one thing: whether a text is about animals. */
const animals = {
  weights: asDigest('f'.repeat(64)),
  embed: (texts: readonly string[]) =>
    Promise.resolve(texts.map((text) => Float32Array.from(/horse|马|animal/u.test(text) ? [1, 0] : [0, 1]))),
};

describe('an index and the search over it', () => {
  let folder: string;
  let retriever: Retriever;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'towpath-index-'));
    await buildIndex(join(folder, 'words'), documents, { settings, signal });
    await buildIndex(join(folder, 'dense'), documents, { settings, embedder: animals, signal });
    retriever = await openIndex(join(folder, 'words'));
  });
  afterAll(async () => {
    await retriever.close();
    await rm(folder, { recursive: true });
  });
  const sources = async (query: string, k = 3) =>
    (await retriever.search(query, k, signal)).map(({ passage }) => passage.source);

  it.each([
    ['When do locks open?', 'locks.md'],
    ['what draws the boats', 'boats.md'],
    ['max requests', 'rates.md'],
    ['towpath.yaml', 'rates.md'],
    ['船闸什么时候打开？', '船闸.md'],
    ['谁牵引窄船？', '船.md'],
  ])('finds for %s the passage in %s', async (query, source) => {
    expect((await sources(query))[0]).toBe(source);
  });

  it('searches headings too, and returns every field of the passage', async () => {
    const [first] = await retriever.search('keepers', 1, signal);
    expect(first?.passage).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      document: 'locks',
      source: 'locks.md',
      heading: 'Locks > Keepers',
      text: 'The keeper lives beside it.',
      language: 'en',
      ordinal: 1,
    });
  });

  it('keeps to one language when asked to', async () => {
    const found = await retriever.search('locks 船闸', 10, signal, { language: 'zh' });
    expect(new Set(found.map(({ passage }) => passage.language))).toEqual(new Set(['zh']));
  });

  it.each(['', '   ', '?!', 'the of and', '🚣🚣🚣', 'qwertyuiop'])('finds nothing for %j', async (query) => {
    expect(await sources(query)).toEqual([]);
  });

  it.each([
    'lock AND (boat OR NOT horse)',
    '"lock opens',
    'text:lock^2 ~1 lock* +lock -boat',
    "lock'; drop table passages; --",
    'lock \\ \u0000 %s ${x}',
    'lock 🚣 船闸',
  ])('takes %j as plain words', async (query) => {
    expect((await sources(query)).length).toBeGreaterThan(0);
  });

  it('answers a query of 1 MB from its beginning', async () => {
    const long = `lock keeper ${'noise '.repeat(200_000)}`;
    expect((await sources(long))[0]).toBe('locks.md');
  });

  it('returns no more than k, and the same for every asking', async () => {
    const ask = () => retriever.search('lock boat rate', 2, new AbortController().signal);
    const asked = await Promise.all(Array.from({ length: 20 }, ask));
    expect(asked[0]).toHaveLength(2);
    for (const answer of asked) expect(answer).toEqual(asked[0]);
  });

  it('lists equal scores in one order, whatever order the index was built in', async () => {
    const row = (at: number): DocumentRecord =>
      document(`row-${String(at)}`, 'en', `# Quay\n\nThe quay ${at % 3 === 0 ? 'is long' : 'is deep'}.`);
    const rows = Array.from({ length: 90 }, (_, at) => row(at));
    const asked = { words: new Set<string>(), dense: new Set<string>() };
    for (const [at, list] of [
      rows,
      [...rows].reverse(),
      [...rows.slice(40), ...rows.slice(0, 40)],
    ].entries()) {
      for (const [kind, embedder] of [['words'], ['dense', animals]] as const) {
        const place = join(folder, `tie-${String(at)}-${kind}`);
        await buildIndex(place, list, { settings, signal, ...(embedder && { embedder }) });
        const tied = await openIndex(place, { ...(embedder && { embedder }) });
        for (const [query, k] of [
          ['quay', 5],
          ['deep quay', 7],
          ['quay', 1],
          ['quay', 200],
        ] as const) {
          const found = await tied.search(query, k, signal);
          expect(found).toHaveLength(Math.min(k, rows.length));
          asked[kind].add(
            `${query} ${String(k)}: ${found.map(({ passage }) => passage.text + passage.id).join()}`,
          );
        }
        await tied.close();
      }
    }
    expect([asked.words.size, asked.dense.size]).toEqual([4, 4]);
  });

  it('rejects at once when the asker has left', async () => {
    await expect(retriever.search('lock', 1, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
  });

  it('fuses words with meaning: what no word of the query names is found', async () => {
    const dense = await openIndex(join(folder, 'dense'), { embedder: animals });
    const found = await dense.search('which animal', 2, signal);
    expect(found.map(({ passage }) => passage.source).sort()).toEqual(['boats.md', '船.md']);
    const fused = await dense.search('lock animal', 3, signal);
    expect(fused.map(({ passage }) => passage.source)).toContain('locks.md');
    await dense.close();
  });

  it('searches a dense index by words alone when no embedder is given', async () => {
    const dense = await openIndex(join(folder, 'dense'));
    expect(await dense.search('animal', 2, signal)).toEqual([]);
    await dense.close();
  });

  describe('with an embedder that knows English only', () => {
    const asked: string[] = [];
    const english = {
      ...animals,
      languages: ['en'] as const,
      embed: async (texts: readonly string[]) => {
        asked.push(...texts);
        return await animals.embed(texts);
      },
    };
    let fused: Retriever;
    beforeAll(async () => {
      await buildIndex(join(folder, 'english'), documents, { settings, embedder: english, signal });
      fused = await openIndex(join(folder, 'english'), { embedder: english });
    });
    afterAll(async () => {
      await fused.close();
    });

    it('makes vectors of English passages only, and says so', async () => {
      expect(asked.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
      const manifest = JSON.parse(await readFile(join(folder, 'english', 'index.json'), 'utf8')) as unknown;
      expect(manifest).toMatchObject({ dense: true, embedder: { dimensions: 2, languages: ['en'] } });
    });

    it('fuses for an English question, and finds no passage by a vector that it lacks', async () => {
      const found = await fused.search('which animal', 10, signal);
      expect(found[0]?.passage.source).toBe('boats.md');
      expect(new Set(found.map(({ passage }) => passage.language))).toEqual(new Set(['en']));
    });

    it.each([undefined, 'zh'] as const)(
      'answers a Chinese question exactly as words do (passages in %s)',
      async (language) => {
        const before = asked.length;
        const options = language === undefined ? {} : { language };
        const found = await fused.search('谁牵引窄船？', 5, signal, options);
        expect(found).toEqual(await retriever.search('谁牵引窄船？', 5, signal, options));
        expect(found.length).toBeGreaterThan(0);
        expect(asked).toHaveLength(before);
      },
    );

    it('makes an index of words alone when no passage is in a language it knows', async () => {
      const chinese = documents.filter(({ language }) => language === 'zh');
      const manifest = await buildIndex(join(folder, 'chinese'), chinese, {
        settings,
        embedder: english,
        signal,
      });
      expect(manifest.dense).toBe(false);
    });
  });

  it('weighs words by the passages of their language alone', async () => {
    const mixed = [
      document('towpath.zh', 'zh', 'Towpath 是沿运河的小路，lock 是船闸。'),
      document('long', 'zh', '船闸与 lock 的说明。'.repeat(60)),
    ];
    await buildIndex(join(folder, 'mixed'), [...documents, ...mixed], { settings, signal });
    const other = await openIndex(join(folder, 'mixed'));
    const search = (from: Retriever) => from.search('when does a lock open', 5, signal, { language: 'en' });
    expect(await search(other)).toEqual(await search(retriever));
    await other.close();
  });

  it('finds nothing in a language that no passage is in', async () => {
    expect(await retriever.search('lock', 5, signal, { language: 'und' })).toEqual([]);
  });

  it('lets a running search end before it closes', async () => {
    const other = await openIndex(join(folder, 'words'));
    const running = other.search('lock', 1, signal);
    await other.close();
    expect(await running).toHaveLength(1);
    await expect(other.search('lock', 1, signal)).rejects.toThrow('closed');
  });

  it('changes no byte of the index while it is searched', async () => {
    const digests = async () => {
      const entries = await readdir(join(folder, 'dense'), { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      return await Promise.all(files.sort().map(async (path) => [path, await digestFile(path)]));
    };
    const before = await digests();
    const dense = await openIndex(join(folder, 'dense'), { embedder: animals });
    await dense.search('lock animal', 3, signal);
    await dense.close();
    expect(await digests()).toEqual(before);
  });

  it('writes equal content digests for equal documents, and one version of the table', async () => {
    await buildIndex(join(folder, 'again'), documents, { settings, signal });
    const manifest = async (name: string) =>
      JSON.parse(await readFile(join(folder, name, 'index.json'), 'utf8')) as Record<string, unknown>;
    expect(await manifest('again')).toEqual(await manifest('words'));
    expect(await manifest('words')).toMatchObject({ documents: 5, passages: 7, languages: { en: 4, zh: 3 } });
    expect(await readdir(join(folder, 'again', 'lance', 'passages.lance', 'data'))).toHaveLength(1);
    const versions = await readdir(join(folder, 'again', 'lance', 'passages.lance', '_versions'));
    expect(versions.filter((name) => name.endsWith('.manifest'))).toHaveLength(1);
  });

  it('refuses to build from documents without text', async () => {
    const build = buildIndex(join(folder, 'none'), [document('a', 'en', ' ')], { settings, signal });
    await expect(build).rejects.toMatchObject({ code: 'TOW_DATA_INDEX_EMPTY', kind: 'user' });
  });

  it('names the folder when it holds no index, a damaged one or one made by other rules', async () => {
    await expect(openIndex(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'TOW_DATA_INDEX_UNREADABLE',
    });
    const other = join(folder, 'other');
    await cp(join(folder, 'words'), other, { recursive: true });
    await rm(join(other, 'lance', 'passages.lance', '_versions'), { recursive: true });
    await expect(openIndex(other)).rejects.toMatchObject({ code: 'TOW_DATA_INDEX_UNREADABLE' });
    const manifest = await readFile(join(folder, 'words', 'index.json'), 'utf8');
    const changed = (from: RegExp, to: string) =>
      writeFile(join(other, 'index.json'), manifest.replace(from, to));
    await changed(/"terms": "[^"]*"/, '"terms": "terms-0"');
    await expect(openIndex(other)).rejects.toThrow(/"terms-0"; this version uses/);
    for (const version of ['1', '3', '"x"']) {
      await changed(/"schema": 2/, `"schema": ${version}`);
      await expect(openIndex(other)).rejects.toThrow(/its schema is .*, and this Towpath knows 2/);
    }
  });
});
