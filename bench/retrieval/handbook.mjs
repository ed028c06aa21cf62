// Retrieval on a project's own suite: both languages in one index, questions put to the passages of their language.
//   npm run build && node bench/retrieval/handbook.mjs [PROJECT] [--embedder MODEL_ARTIFACT] [--languages en] [--threads 2]
// PROJECT (the example's handbook unless named) holds docs/{en,zh}/*.md and suite/{en,zh}.jsonl. Questions that must be
// declined have no passage and are left out. Odd lines of a suite are held out: settings were chosen on the even ones.
// With an embedder, words and vectors fused are compared with words alone, question by question, by bootstrap.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIndex } from '../../dist/data/index/build.js';
import { openPassageEmbedder } from '../../dist/data/index/embed.js';
import { PassageMatcher } from '../../dist/evaluate/suite/passage-match.js';
import { openIndex } from '../../dist/qa/retrieval/open-index.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    embedder: { type: 'string' },
    languages: { type: 'string', default: 'en' },
    threads: { type: 'string', default: '2' },
  },
});
const project = positionals[0] ?? fileURLToPath(new URL('../../examples/handbook', import.meta.url));
const { signal } = new globalThis.AbortController();
const embedder = values.embedder && {
  ...(await openPassageEmbedder(values.embedder, { threads: Number(values.threads) })),
  languages: values.languages.split(','),
};
const work = await mkdtemp(join(tmpdir(), 'towpath-retrieval-'));
const settings = { max_characters: 1200, min_characters: 80, overlap: 0 };
const from = performance.now();
const { passages } = await buildIndex(work, await pages(), {
  settings,
  ...(embedder && { embedder }),
  signal,
});
console.log(`${passages} passages indexed in ${((performance.now() - from) / 1000).toFixed(1)} s\n`);

const kinds = embedder ? ['words', 'fused'] : ['words'];
const measures = {
  'recall@1': (rank) => Number(rank === 0),
  'recall@5': (rank) => Number(rank >= 0 && rank < 5),
  'recall@10': (rank) => Number(rank >= 0),
  'MRR@10': (rank) => (rank < 0 ? 0 : 1 / (rank + 1)),
};
const names = Object.keys(measures);
console.log(row(['language', 'half', 'search', 'questions', ...names, 'ms/query']));
const differences = [];
for (const language of ['en', 'zh']) {
  const questions = await suite(language);
  const ranks = new Map();
  for (const kind of kinds) {
    const found = await ranked(questions, language, kind);
    ranks.set(kind, found.ranks);
    for (const half of ['even', 'odd', 'all']) {
      const part = found.ranks.filter((_, at) => half === 'all' || questions[at].half === half);
      const means = names.map((name) => mean(part.map(measures[name])).toFixed(3));
      console.log(row([language, half, kind, String(part.length), ...means, found.ms.toFixed(1)]));
    }
  }
  if (!embedder) continue;
  for (const name of names) {
    const pairs = ranks
      .get('fused')
      .map((rank, at) => measures[name](rank) - measures[name](ranks.get('words')[at]));
    differences.push([language, name, ...bootstrap(pairs).map((value) => value.toFixed(3))]);
  }
}
if (embedder) {
  console.log('\nfused less words, mean and 95 % interval of 10000 resamples');
  for (const line of differences) console.log(row(line));
}
await rm(work, { recursive: true, force: true });
await embedder?.close();

async function pages() {
  const documents = [];
  for (const language of ['en', 'zh']) {
    const folder = join(project, 'docs', language);
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.md')).sort()) {
      const text = await readFile(join(folder, name), 'utf8');
      const source = relative(project, join(folder, name)).replaceAll('\\', '/');
      const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
      documents.push({ id: source, source, title, language, text, split: 'train', layout: 'markdown' });
    }
  }
  return documents;
}

async function suite(language) {
  const lines = (await readFile(join(project, 'suite', `${language}.jsonl`), 'utf8')).trim().split('\n');
  return lines
    .map((line, at) => ({ ...JSON.parse(line), half: at % 2 === 0 ? 'odd' : 'even' }))
    .filter(({ answers }) => answers.length > 0)
    .map((each) => ({ ...each, wanted: new PassageMatcher(each.passage) }));
}

async function ranked(questions, language, kind) {
  const retriever = await openIndex(work, kind === 'fused' ? { embedder } : {});
  const ranks = [];
  const started = performance.now();
  for (const { question, wanted } of questions) {
    const found = await retriever.search(question, 10, signal, { language });
    ranks.push(found.findIndex(({ passage }) => wanted.matches(passage)));
  }
  const ms = (performance.now() - started) / ranks.length;
  await retriever.close();
  return { ranks, ms };
}

/** Mean of paired differences and its percentile interval; seeded, so that two runs print the same. */
function bootstrap(pairs) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const means = Array.from({ length: 10_000 }, () =>
    mean(pairs.map(() => pairs[Math.floor(random() * pairs.length)])),
  ).sort((a, b) => a - b);
  return [mean(pairs), means[249], means[9749]];
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function row(cells) {
  return cells.map((cell, at) => (at < 3 ? cell.padEnd(9) : cell.padStart(9))).join('  ');
}
