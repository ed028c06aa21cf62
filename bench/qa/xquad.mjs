// The whole answer path on XQuAD: each question asked of all 240 passages of its language.
//   npm run build && node bench/qa/xquad.mjs FOLDER [--model GGUF] [--questions 100] [--threads 2] [--half held-out|development|all]
// FOLDER holds xquad.en.json and xquad.zh.json (github.com/google-deepmind/xquad).
//
// The reader's weights were set by hand while looking at the even-numbered articles (development); the odd-numbered
// ones were only measured (held-out), and theirs are the figures to quote. Refusals are measured by asking each
// question again with its own passage left out of what the index may return and out of the word counts.
// With --model, the model also answers a spread of questions by itself, given the right passage and one example,
// and phrases answers in the service.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIndex } from '../../dist/data/index/build.js';
import { lexiconOf } from '../../dist/qa/lexicon.js';
import { analyse } from '../../dist/qa/question/analyse.js';
import { read } from '../../dist/qa/reading/reader.js';
import { openIndex } from '../../dist/qa/retrieval/open-index.js';
import { ownAnswer, startModel } from './replica.mjs';
import { f1, withoutMarks } from './scoring.mjs';
import { benchService } from './service.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    questions: { type: 'string', default: '100' },
    threads: { type: 'string', default: '2' },
    half: { type: 'string', default: 'all' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: node bench/qa/xquad.mjs FOLDER [--model GGUF] [--questions N] [--half held-out]');
  process.exit(2);
}

const { signal } = new globalThis.AbortController();
const work = await mkdtemp(join(tmpdir(), 'towpath-xquad-'));
const model = values.model && (await startModel(values.model, Number(values.threads)));
for (const language of ['en', 'zh']) {
  const set = await load(language);
  const halves = values.half === 'all' ? ['development', 'held-out'] : [values.half];
  console.log(`\n${language}  (${set.passages.length} passages)`);
  for (const half of halves) {
    const questions = set.questions.filter((question) => question.half === half);
    table(half, await measure(set, questions, language));
    if (model) table(`${half}, with the model`, await measureModel(set, questions, language));
  }
  await set.retriever.close();
}
await model?.stop();
await rm(work, { recursive: true, force: true });

/** Passages, questions, an index of ours over them, and the words counted. */
async function load(language) {
  const { data } = JSON.parse(await readFile(join(folder, `xquad.${language}.json`), 'utf8'));
  const documents = [];
  const questions = [];
  data.forEach(({ paragraphs }, article) => {
    for (const { context, qas } of paragraphs) {
      const id = String(documents.length).padStart(3, '0');
      documents.push({
        id,
        source: `${id}.txt`,
        title: '',
        language,
        text: context,
        split: 'train',
        layout: 'plain',
      });
      for (const { question, answers } of qas) {
        const gold = answers.map(({ text }) => text);
        const half = article % 2 === 0 ? 'development' : 'held-out';
        questions.push({ question, gold, start: answers[0].answer_start, document: id, half });
      }
    }
  });
  const settings = { max_characters: 20_000, min_characters: 80, overlap: 0 };
  const index = join(work, language);
  await buildIndex(index, documents, { settings, signal });
  const passages = documents.map(({ id, text }) => ({
    id,
    document: id,
    source: id,
    heading: '',
    text,
    language,
    ordinal: 0,
  }));
  return { passages, questions, retriever: await openIndex(index), lexicon: lexiconOf(passages) };
}

/** Figures without a model: retrieval, the reader alone with the right passage, the whole path, refusals. */
async function measure({ passages, retriever, lexicon }, questions, language) {
  const sums = { recall1: 0, recall5: 0, sentence: 0, span: 0, f1: 0, refused: 0, declined: 0, ms: 0 };
  const lexicons = new Map();
  for (const { question, gold, start, document } of questions) {
    const passage = passages.find(({ id }) => id === document);
    const alone = read(analyse(question, language, lexicon), [{ passage, score: 1 }]);
    const unit = alone.units[0]?.unit;
    if (unit && unit.start <= start && start + gold[0].length - 1 <= unit.end) sums.sentence += 1;
    sums.span += f1(alone.spans[0]?.text ?? '', gold, language);

    const { answer, found } = await ask(retriever, lexicon, question);
    if (found[0]?.passage.document === document) sums.recall1 += 1;
    if (found.some((one) => one.passage.document === document)) sums.recall5 += 1;
    if (answer.declined) sums.declined += 1;
    else sums.f1 += f1(withoutMarks(answer.answer), gold, language);
    sums.ms += answer.timings.analysis + answer.timings.reading;

    if (!lexicons.has(document))
      lexicons.set(document, lexiconOf(passages.filter(({ id }) => id !== document)));
    const without = await ask(hiding(retriever, document), lexicons.get(document), question);
    if (without.answer.declined) sums.refused += 1;
  }
  const share = (sum) => (sum / questions.length).toFixed(3);
  return [
    ['questions', questions.length],
    ['recall@1', share(sums.recall1)],
    ['recall@5', share(sums.recall5)],
    ['reader with the right passage: best sentence holds the answer', share(sums.sentence)],
    ['reader with the right passage: F1 of its best span', share(sums.span)],
    ['F1 of the answers, retrieval over all, declined ones 0', share(sums.f1)],
    ['declined though the passage is there', share(sums.declined)],
    ['declined when the passage is not there', share(sums.refused)],
    ['analysis and reading, ms', share(sums.ms)],
  ];
}

/** A spread of questions: the model by itself against the service with the model. */
async function measureModel({ passages, retriever, lexicon }, questions, language) {
  const count = Math.min(Number(values.questions), questions.length);
  const sums = { own: 0, path: 0, ms: 0, used: 0 };
  for (let i = 0; i < count; i += 1) {
    const { question, gold, document } = questions[Math.floor((i * questions.length) / count)];
    const passage = passages.find(({ id }) => id === document);
    sums.own += f1(await ownAnswer(model.client, language, passage.text, question), gold, language);
    const { answer } = await ask(retriever, lexicon, question, model.client);
    if (!answer.declined) sums.path += f1(withoutMarks(answer.answer), gold, language);
    if (answer.timings.generation !== undefined) sums.used += 1;
    sums.ms += answer.timings.total;
  }
  const share = (sum) => (sum / count).toFixed(3);
  return [
    ['questions', count],
    ['F1 of the model by itself, right passage and one example given', share(sums.own)],
    ['F1 of the answers, retrieval over all', share(sums.path)],
    ['times the model by itself', (sums.path / sums.own).toFixed(2)],
    ['answers that asked the model', share(sums.used)],
    ['whole answer, ms', (sums.ms / count).toFixed(0)],
  ];
}

async function ask(retriever, lexicon, question, generator) {
  let found = [];
  const service = benchService(retriever, lexicon, generator);
  const onRetrieved = (passages) => {
    found = passages;
  };
  return { answer: await service.answer({ question }, { signal, onRetrieved }), found };
}

/** The same index, but one document is never found. */
function hiding(retriever, document) {
  return {
    search: async (query, k, until, options) => {
      const found = await retriever.search(query, k + 1, until, options);
      return found.filter(({ passage }) => passage.document !== document).slice(0, k);
    },
    close: () => Promise.resolve(),
  };
}

function table(title, rows) {
  console.log(`  ${title}`);
  for (const [name, value] of rows) console.log(`    ${name.padEnd(64)} ${String(value).padStart(7)}`);
}
