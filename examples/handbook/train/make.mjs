// Makes the generated training rows of the handbook: questions whose answer stands in a table, a list or a definition.
//
//   node examples/handbook/train/make.mjs           rewrites the rows `gen-…` of en.jsonl and zh.jsonl, prints counts
//   node examples/handbook/train/make.mjs --check   changes nothing; exits with 1 when the files would change
//
// Rows `hand-…` are kept as they stand, after the generated ones. The result depends on the pages alone: variants and
// shares are chosen by a hash of the row's name, so a new page or error code leaves the other rows as they were.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readPage } from './pages.mjs';
import { recipes } from './recipes.mjs';
import { isShort, words } from './words.mjs';

const handbook = new URL('../', import.meta.url);
const check = process.argv.includes('--check');

function generated(language) {
  const rows = Object.entries(recipes).flatMap(([page, made]) => {
    const source = `docs/${language}/${page}.md`;
    const text = readPage(handbook, source);
    return made
      .flatMap((recipe) => recipe(text, words[language], language))
      .filter(({ answer }) => answer === null || isShort(language, answer))
      .map(({ name, question, passage, answer }) => ({
        id: `gen-${language}-${page}-${name}`,
        language,
        question,
        passage,
        answer,
        source,
      }));
  });
  return rows.map((row) => JSON.stringify(row));
}

/** The rows written by hand, as they stand in the file. */
const written = (file) =>
  (existsSync(file) ? readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '' && !JSON.parse(line).id.startsWith('gen-'));

function count(lines) {
  const rows = lines.map((line) => JSON.parse(line));
  const pages = {};
  for (const { source } of rows) pages[source] = (pages[source] ?? 0) + 1;
  return { rows: rows.length, declined: rows.filter(({ answer }) => answer === null).length, pages };
}

let stale = false;
for (const language of ['en', 'zh']) {
  const file = new URL(`train/${language}.jsonl`, handbook);
  const made = generated(language);
  const kept = written(file);
  const text = [...made, ...kept].map((line) => `${line}\n`).join('');
  if (check) {
    stale ||= !existsSync(file) || readFileSync(file, 'utf8') !== text;
    continue;
  }
  const whole = new URL(`train/${language}.jsonl.tmp`, handbook);
  writeFileSync(whole, text);
  renameSync(whole, file);
  for (const [kind, lines] of Object.entries({ generated: made, 'by hand': kept })) {
    const { rows, declined, pages } = count(lines);
    console.log(`${language}: ${rows} rows ${kind}, ${declined} of them declined`);
    for (const [page, number] of Object.entries(pages))
      console.log(`  ${String(number).padStart(3)} ${page}`);
  }
}
if (stale) {
  console.error('the generated rows are not those of the pages: run node examples/handbook/train/make.mjs');
  process.exitCode = 1;
}
