// Retrieval on XQuAD: every question asked of all 240 passages of its language.
//   npm run build && node bench/retrieval/xquad.mjs FOLDER [--embedder MODEL_ARTIFACT] [--languages en] [--threads N]
// FOLDER holds xquad.en.json and xquad.zh.json (github.com/google-deepmind/xquad).
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { buildIndex } from '../../dist/data/index/build.js';
import { openPassageEmbedder } from '../../dist/data/index/embed.js';
import { openIndex } from '../../dist/qa/retrieval/open-index.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    embedder: { type: 'string' },
    languages: { type: 'string', default: 'en' },
    threads: { type: 'string', default: '2' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(
    'usage: node bench/retrieval/xquad.mjs FOLDER [--embedder MODEL_ARTIFACT] [--languages en] [--threads N]',
  );
  process.exit(2);
}

const { signal } = new globalThis.AbortController();
const embedder = values.embedder && {
  ...(await openPassageEmbedder(values.embedder, { threads: Number(values.threads) })),
  languages: values.languages.split(','),
};
const work = await mkdtemp(join(tmpdir(), 'towpath-xquad-'));
console.log('language  search  questions  recall@1  recall@5  MRR@10  ms/query');
for (const language of ['en', 'zh']) {
  const { data } = JSON.parse(await readFile(join(folder, `xquad.${language}.json`), 'utf8'));
  const paragraphs = data.flatMap(({ paragraphs, title }) =>
    paragraphs.map((paragraph) => ({ ...paragraph, title })),
  );
  const documents = paragraphs.map(({ context }, at) => {
    const id = String(at).padStart(3, '0');
    return { id, source: `${id}.txt`, title: '', language, text: context, split: 'train', layout: 'plain' };
  });
  // One passage a paragraph: recall is then over the passages that XQuAD itself has.
  const settings = { max_characters: 20_000, min_characters: 80, overlap: 0 };
  const index = join(work, language);
  await buildIndex(index, documents, { settings, ...(embedder && { embedder }), signal });
  for (const kind of embedder ? ['words', 'fused'] : ['words']) {
    const retriever = await openIndex(index, kind === 'fused' ? { embedder } : {});
    const ranks = [];
    const started = performance.now();
    for (const [at, { qas }] of paragraphs.entries()) {
      for (const { question } of qas) {
        const found = await retriever.search(question, 10, signal);
        ranks.push(found.findIndex(({ passage }) => passage.document === documents[at].id));
      }
    }
    const ms = (performance.now() - started) / ranks.length;
    await retriever.close();
    const share = (test) => (ranks.filter(test).length / ranks.length).toFixed(4);
    const mrr = ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : 1 / (rank + 1)), 0) / ranks.length;
    const row = [
      language.padEnd(8),
      kind.padEnd(6),
      String(ranks.length).padStart(9),
      share((rank) => rank === 0).padStart(8),
      share((rank) => rank >= 0 && rank < 5).padStart(8),
      mrr.toFixed(4).padStart(6),
      ms.toFixed(2).padStart(8),
    ];
    console.log(row.join('  '));
  }
}
await rm(work, { recursive: true, force: true });
await embedder?.close();
