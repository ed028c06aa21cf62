/* global performance */
// The answer path on a project's own suite: the example's handbook unless another folder is named.
//   npm run build && node bench/qa/handbook.mjs [PROJECT] [--model GGUF] [--threads 2] [--language en|zh] [--half NAME] [--show]
//
// Thresholds were chosen on the odd lines of each suite (development); the even ones (held-out) were only measured.
// With --model, the model also phrases the answers, and answers by itself without any passage ("without retrieval").
// All of it takes about seven minutes on two free cores. --show prints every question with its answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { scoreAnswer } from '../../dist/evaluate/metrics/answer.js';
import { openHandbook } from './project.mjs';
import { startModel, unaidedAnswer } from './replica.mjs';
import { benchService } from './service.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    threads: { type: 'string', default: '2' },
    language: { type: 'string' },
    half: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});
const project = positionals[0] ?? fileURLToPath(new URL('../../examples/handbook', import.meta.url));
const { signal } = new globalThis.AbortController();
const work = await mkdtemp(join(tmpdir(), 'towpath-handbook-'));
const { retriever, lexicon, suites } = await openHandbook(project, join(work, 'index'), signal);
const model = values.model && (await startModel(values.model, Number(values.threads)));

const ways = new Map([['quoted', (question) => answered(question)]]);
if (model) {
  ways.set('with the model', (question) => answered(question, model.client));
  ways.set('model, no retrieval', (question) => unaided(question));
}
const rows = [];
for (const [language, questions] of suites) {
  if (values.language && values.language !== language) continue;
  for (const half of ['development', 'held-out']) {
    if (values.half && values.half !== half) continue;
    const asked = questions.filter((_, line) => (line % 2 === 0) === (half === 'development'));
    for (const [way, answer] of ways) {
      process.stderr.write(`${language}, ${half}, ${way}: ${asked.length} questions\n`);
      rows.push({ language, half, way, ...(await measure(asked, answer, language)) });
    }
  }
}
print(rows);
await retriever.close();
await model?.stop();
await rm(work, { recursive: true, force: true });

async function measure(questions, answer, language) {
  const sums = { f1: 0, contains: 0, declined: 0, refused: 0, phrased: 0, ms: 0 };
  let answerable = 0;
  for (const { question, answers } of questions) {
    const given = await answer(question);
    if (values.show) {
      const mark = answers.length === 0 ? 'must decline' : answers.join(' / ');
      console.log(
        `${question}\n    wanted  ${mark}\n    given   ${given.text.replaceAll('\n', '\n            ')}`,
      );
    }
    sums.ms += given.ms;
    if (given.phrased) sums.phrased += 1;
    if (answers.length === 0) {
      if (given.declined) sums.refused += 1;
      continue;
    }
    answerable += 1;
    if (given.declined) sums.declined += 1;
    else {
      const score = scoreAnswer(given.text, answers, language);
      sums.f1 += score.f1;
      sums.contains += score.contains;
    }
  }
  const unanswerable = questions.length - answerable;
  return {
    answerable,
    F1: share(sums.f1, answerable),
    contains: share(sums.contains, answerable),
    'declined wrongly': share(sums.declined, answerable),
    unanswerable,
    'declined rightly': share(sums.refused, unanswerable),
    'by model': sums.phrased,
    ms: (sums.ms / questions.length).toFixed(0),
  };
}

async function answered(question, generator) {
  const service = benchService(retriever, lexicon, generator);
  let phrased = false;
  const onPhrased = () => (phrased = true);
  const answer = await service.answer({ question }, { signal, onPhrased });
  return { text: answer.answer, declined: answer.declined, phrased, ms: answer.timings.total };
}

async function unaided(question) {
  const from = performance.now();
  const text = await unaidedAnswer(model.client, question);
  // Nothing makes a model alone say that it does not know; these words are counted when it does.
  const declined = /do(?:es)? not (?:know|say)|don't know|not sure|不知道|没有说明|无法回答/i.test(text);
  return { text, declined, phrased: true, ms: performance.now() - from };
}

function share(sum, count) {
  return count === 0 ? '-' : (sum / count).toFixed(3);
}

/** One table; every column as wide as its widest cell. */
function print(rows) {
  const names = Object.keys(rows[0] ?? {});
  const width = (name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length));
  const line = (cells) =>
    console.log(names.map((name, i) => String(cells[i]).padEnd(width(name))).join('  '));
  line(names);
  for (const row of rows) line(names.map((name) => row[name]));
}
