// What is asked of each page: recipes that turn its tables, lists and definitions into rows.
import { glossaryEntries, namedItems, sections, sentences, tables } from './pages.mjs';
import { asSentence, isShort } from './words.mjs';

// What the suites ask too; training on it would make their figures meaningless.
const suiteTerms = new Set(['Quantisation', 'Support', '量化', '支持度']);
const suiteDefaults = new Set([
  'serve.port',
  'serve.queue',
  'serve.deadline',
  'serve.drain',
  'qa.passages',
  'qa.max_tokens',
  'data.max_file_size',
]);
const suiteKeys = new Set([
  'models.generator.from[].token',
  'project',
  'data.keep',
  'qa.decline_below',
  'qa.glossary',
  ...suiteDefaults,
]);
const suiteCommands = new Set(['towpath up', 'towpath cancel']);
const suiteCells = new Set(['`phone`', '`GET /readyz`', '`python/`', '413', '429']);

/** A number for a text, the same on every machine (FNV-1a, 32 bits). */
export function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

const pick = (list, name) => list[(hash(name) >>> 8) % list.length];

/** A row without its language and source; `name` makes its id. */
const row = (name, question, passage, answer) => ({ name, question, passage, answer });

/** For each error code at most one row, chosen by its hash: what it means, what to do, or its two numbers. */
function errors(text, say, language) {
  return sections(text, 3).flatMap(({ heading: code, paragraphs: [meaning, remedy, facts] }) => {
    if (!code.startsWith('TOW_')) return [];
    const share = hash(code) % 5;
    if (share === 0) {
      const said = [meaning, ...sentences(meaning)].find((part) => isShort(language, part));
      return said === undefined
        ? []
        : [
            row(
              `${code}-meaning`,
              pick(say.errorMeaning, code)(code),
              meaning,
              pick(say.meaningAnswers, code)(said),
            ),
          ];
    }
    if (share === 1) {
      const said = asSentence(language, remedy.replace(say.remedy, ''));
      return [row(`${code}-remedy`, pick(say.errorRemedy, code)(code), remedy, said)];
    }
    const numbers = say.facts.exec(facts ?? '');
    if (share !== 2 || numbers === null || hash(code) % 2 !== 0) return [];
    return [
      row(
        `${code}-facts`,
        pick(say.errorFacts, code)(code),
        facts,
        say.factsAnswer(numbers[1], numbers[2], numbers[3]),
      ),
    ];
  });
}

/** For each key: what it is for or which key does that, its default, and now and then a question its neighbour cannot answer. */
function settings(text, say, language) {
  const keys = sections(text, 3)
    .map(({ heading, paragraphs }) => ({ name: heading.replaceAll('`', ''), passage: paragraphs[0] ?? '' }))
    .filter(({ name, passage }) => !/[,、]/.test(name) && passage !== '');
  return keys.flatMap(({ name, passage }, n) => {
    const rows = [];
    const key = `\`${name}\``;
    const [first = ''] = sentences(passage);
    const definition = first.replace(say.key, '');
    if (!suiteKeys.has(name) && definition.startsWith(key) && isShort(language, definition)) {
      const rest = definition
        .slice(key.length)
        .trim()
        .replace(/(?:[.。]|，可取.*)$/, '');
      const question =
        hash(name) % 2 === 0 ? pick(say.keyPurpose, name)(key) : pick(say.keyByPurpose, name)(rest);
      rows.push(row(`${name}-purpose`, question, passage, definition));
    }
    const value = say.default.exec(passage)?.[0];
    if (value !== undefined && !suiteDefaults.has(name))
      rows.push(
        row(
          `${name}-default`,
          pick(say.keyDefault, `${name} default`)(key),
          passage,
          asSentence(language, value),
        ),
      );
    const next = keys[n + 1];
    if (
      next !== undefined &&
      hash(name) % 4 === 0 &&
      !suiteDefaults.has(next.name) &&
      !passage.includes(next.name)
    )
      rows.push(
        row(`${next.name}-not-in-${name}`, pick(say.keyDefault, name)(`\`${next.name}\``), passage, null),
      );
    return rows;
  });
}

function glossary(text, say) {
  return glossaryEntries(text)
    .filter(({ term }) => !suiteTerms.has(term))
    .map(({ line, term, text: definition }, n) => {
      const body = definition.replace(/[.。]$/, '');
      const forwards = n % 3 !== 2;
      return forwards
        ? row(
            `${term}`,
            pick(say.term, term)(term),
            line,
            definition.charAt(0).toUpperCase() + definition.slice(1),
          )
        : row(`${term}-named`, pick(say.termByText, term)(body), line, say.termAnswer(term, definition));
    });
}

const commands = (text, say) =>
  sections(text, 2)
    .filter(({ heading }) => /^towpath [a-z]/.test(heading) && !suiteCommands.has(heading))
    .map(({ heading, paragraphs }) => {
      const [first] = sentences(paragraphs[0]);
      return row(heading.replaceAll(' ', '-'), pick(say.command, heading)(`\`${heading}\``), first, first);
    });

/** A recipe over the n-th table of a page. `make` gets a row's cells and gives its name, question and answer. */
const overTable = (n, make) => (text, say) =>
  tables(text)[n].flatMap(({ line, cells }) => {
    const made = suiteCells.has(cells[0]) ? undefined : make(cells, say);
    return made === undefined ? [] : [row(made.name, made.question, line, made.answer)];
  });

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const withoutStop = (text) => text.replace(/[.。]$/, '');
const withoutLinks = (text) => text.replaceAll(/\[([^[\]]+)\]\([^)]*\)/g, '$1');

const exitCodes = overTable(0, ([code, , meaning, who], say) =>
  ['1', '2', '3', '4'].includes(code)
    ? {
        name: `exit-${code}`,
        question: pick(say.exitActor, code)(code),
        answer: say.exitActorAnswer(capital(who), meaning),
      }
    : undefined,
);

const endpoints = overTable(0, ([endpoint, purpose], say) => ({
  name: endpoint.replaceAll(/[^\w/{}]+/g, '-'),
  question: pick(say.endpoint, endpoint)(endpoint),
  answer: say.pair(endpoint, purpose),
}));

const statuses = overTable(1, ([status, meaning, fix], say) => ({
  name: `status-${status}`,
  question: pick(say.status, status)(status),
  answer: say.statusAnswer(status, meaning, fix),
}));

const folders = overTable(0, ([path, content], say) => ({
  name: path.replaceAll(/[`/]/g, ''),
  question: say.folder[0](path),
  answer: say.pair(path, content),
}));

const steps = overTable(0, ([step, makes, from], say) =>
  /^(?:nothing|无)$/.test(from)
    ? undefined
    : {
        name: `step-${step.replaceAll('`', '')}`,
        question: say.step[0](step),
        answer: say.stepAnswer(step, makes),
      },
);

const topKeys = overTable(0, ([key, what], say) => ({
  name: key.replaceAll('`', ''),
  question: say.topKey[0](key),
  answer: say.topKeyAnswer(key, what),
}));

const maskKinds = overTable(0, ([kind, what, , mark], say) => ({
  name: kind.replaceAll('`', ''),
  question: say.mask[0](kind),
  answer: say.maskAnswer(kind, what, mark),
}));

const readings = overTable(0, ([want, pages], say) => ({
  name: `read-${/\(([\w-]+)\.md/.exec(pages)[1]}`,
  question: say.reading[0](want.replace(/\byour\b/, 'my')),
  answer: say.readingAnswer(want, withoutLinks(pages)),
}));

const reasons = (text, say) =>
  namedItems(text)
    .filter(({ name }) => name !== 'output Z missing')
    .map(({ line, name, text: meaning }) =>
      row(
        name.replaceAll(' ', '-'),
        say.reason[0](`\`${name}\``),
        line,
        say.pair(`\`${name}\``, withoutStop(meaning)),
      ),
    );

/** The recipes by page, without language or extension. */
export const recipes = {
  errors: [errors],
  settings: [settings],
  glossary: [glossary],
  'flow-commands': [commands],
  'service-commands': [commands],
  'exit-codes': [exitCodes],
  'http-api': [endpoints, statuses],
  'artifacts-and-storage': [folders],
  'runs-and-cache': [steps, reasons],
  'project-file': [topKeys],
  privacy: [maskKinds],
  index: [readings],
};
