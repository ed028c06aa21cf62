/** Every function that sees a source, a question or an answer, by name: each takes one text. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const dist = '../../dist';
const load = (path) => import(`${dist}/${path}.js`);
/** The console's modules are bundled, not compiled to a folder: those without imports load by themselves. */
const loadConsole = (name) => {
  const source = readFileSync(new URL(`../../console/src/${name}.ts`, import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: 'esnext', target: 'es2023' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`);
};

const settings = { encoding: 'utf-8', text: 'text' };
const sink = { document() {}, reject() {} };
const passage = { max_characters: 1200, min_characters: 80, overlap: 200 };
const maxBytes = 1 << 28;

/** A source that lies in memory, read in blocks as a file is. */
function source(text, path) {
  const bytes = Buffer.from(text);
  let at = 0;
  return {
    path,
    bytes: bytes.length,
    next: async () => {
      const block = bytes.subarray(at, at + (1 << 20));
      at += block.length;
      return Promise.resolve(block.length === 0 ? undefined : block);
    },
    whole: () => Promise.resolve(bytes),
  };
}

async function* pieces(text, length = 7) {
  for (let at = 0; at < text.length; at += length) yield await Promise.resolve(text.slice(at, at + length));
}
async function* chunks(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1 << 16)
    yield await Promise.resolve(bytes.subarray(at, at + (1 << 16)));
}
async function drain(all) {
  let count = 0;
  for await (const each of all) count += each === undefined ? 0 : 1;
  return count;
}

const document = (text, layout) => ({
  ...{ id: 'd', source: 'a', title: 't', language: 'en', text, split: 'train', layout },
});
const found = (text) => [
  {
    passage: { id: 'p', document: 'd', source: 's.md', heading: 'H', text, language: 'en', ordinal: 0 },
    score: 1,
  },
];

async function textSubjects() {
  const [sentences, words, terms, language, escape, prompt] = await Promise.all(
    ['sentences', 'words', 'terms', 'language', 'escape', 'answer-prompt'].map((name) =>
      load(`text/${name}`),
    ),
  );
  return {
    sentences: (text) => sentences.sentences(text),
    words: (text) => words.segmented(text),
    terms: (text) => terms.terms(text),
    detectLanguage: (text) => language.detectLanguage(text),
    escapeHtml: (text) => escape.escapeHtml(text),
    escapeMarkdown: (text) => escape.escapeMarkdown(text),
    answerChat: (text) =>
      prompt.answerChat(
        { system: 's', user: '{facts} {question}' },
        { question: text, sentences: [text, text] },
      ),
  };
}

async function ingestSubjects() {
  const { formats } = await load('data/formats/table');
  const title = await load('data/formats/title');
  const { takeFrontMatter } = await load('data/formats/markdown/front-matter');
  const context = { settings, maxBytes };
  const read = async (name, text, changes = {}) => {
    const reader = await formats.of(name).load();
    await reader.read(source(text, name), { ...context, ...changes }, sink);
  };
  return {
    'read markdown': (text) => read('a.md', text),
    'read html': (text) => read('a.html', text),
    'read text': (text) => read('a.txt', text),
    'read csv': (text) => read('a.csv', `text\n${text}`),
    'read csv, short rows': (text) => read('a.csv', text, { maxBytes: 4096 }),
    'read csv header': (text) => read('a.csv', text),
    'read jsonl': (text) => read('a.jsonl', text),
    'detect encoding': (text) => read('a.txt', text, { settings: { ...settings, encoding: 'auto' } }),
    firstHeading: (text) => title.firstHeading(text),
    firstLineTitle: (text) => title.firstLineTitle(text),
    takeFrontMatter: (text) => takeFrontMatter(text),
  };
}

async function prepareSubjects() {
  const { normalise } = await load('data/prepare/normalise');
  const { documentLanguage } = await load('data/prepare/language');
  const { createMasker } = await load('data/prepare/mask/mask');
  const { maskKinds } = await load('data/prepare/mask/kinds');
  const { markdownBlocks, plainBlocks } = await load('data/index/blocks');
  const { cutDocument } = await load('data/index/cut');
  const finders = [
    'email:findEmails',
    'resident-id:findResidentIds',
    'credit-code:findCreditCodes',
    'iban:findIbans',
    'card:findCards',
    'ip:findAddresses',
    'phone:findPhones',
  ];
  const mask = createMasker({ mask: maskKinds, keep: ['a', 'office@example.org'] });
  const subjects = {
    normalise,
    documentLanguage,
    mask,
    markdownBlocks,
    plainBlocks,
    'cut markdown': (text) => cutDocument(document(text, 'markdown'), passage),
    'cut markdown, small': (text) =>
      cutDocument(document(text, 'markdown'), { max_characters: 100, min_characters: 50, overlap: 50 }),
    'cut markdown, large': (text) =>
      cutDocument(document(text, 'markdown'), {
        max_characters: 20_000,
        min_characters: 10_000,
        overlap: 5000,
      }),
    'cut text': (text) => cutDocument(document(text, 'plain'), passage),
  };
  for (const [file, name] of finders.map((finder) => finder.split(':')))
    subjects[name] = (await load(`data/prepare/mask/${file}`))[name];
  return subjects;
}

/** `acceptQuestion` refuses what is longer before anything else sees it. */
const question = (text) => text.slice(0, 4000);

async function answerSubjects() {
  const part = (name) => load(`qa/${name}`);
  const { acceptQuestion } = await part('question/input');
  const { analyse } = await part('question/analyse');
  const { lexiconOf } = await part('lexicon');
  const { read } = await part('reading/reader');
  const { unitsOf, cellsOf } = await part('reading/units');
  const { pagesOf } = await part('reading/page');
  const { scoreUnits } = await part('reading/score-units');
  const { candidatesOf } = await part('reading/candidates/all');
  const { tokens } = await part('text/token');
  const { stem } = await part('text/stem');
  const { isStopWord } = await part('text/stop-words');
  const { quote, shortDraft } = await part('answering/compose');
  const { readable } = await part('answering/readable');
  const { leadIn } = await part('answering/verdict');
  const { unsupported } = await part('checking/support');
  const { answers } = await part('checking/answers');
  const { evidenceOf } = await part('checking/confidence');
  const { sentenceStream } = await part('generation/sentence-stream');
  const { glossaryTranslator } = await part('translation/glossary');
  const { sortOf, askedSort } = await part('question/code-sort');
  const { searchText } = await part('question/search-text');
  const { quotableCode, isCommand } = await part('reading/commands');
  const lexicon = lexiconOf([{ heading: 'Gates', text: 'A gate is a rule that a release must meet.' }]);
  const kinds = [
    'What is a gate?',
    'Is a gate open?',
    '闸门是什么？',
    'How do I run it?',
    'Which command runs?',
    'How many gates?',
  ];
  const asked = kinds.map((text) => analyse(text, /[a-z]/.test(text) ? 'en' : 'zh', lexicon));
  const reading = (text) =>
    asked.forEach((question) => {
      const result = read(question, found(text));
      quote(question, result);
      shortDraft(question, result);
      evidenceOf(question, result);
      if (result.units[0]) leadIn(question, result.units[0].unit);
    });
  return {
    acceptQuestion: (text) => acceptQuestion(text),
    'analyse, English': (text) => analyse(question(text), 'en', lexicon),
    'analyse, Chinese': (text) => analyse(question(text), 'zh', lexicon),
    'what a question starts': (text) => analyse(`What is ${question(text)}`, 'en', lexicon),
    searchText: (text) => searchText(analyse(question(text), 'en', lexicon)),
    lexiconOf: (text) => lexiconOf([{ heading: text, text }]),
    tokens,
    stem,
    isStopWord,
    unitsOf,
    cellsOf,
    pagesOf: (text) => pagesOf(found(text)),
    scoreUnits: (text) => asked.forEach((question) => scoreUnits(question, pagesOf(found(text)))),
    candidatesOf: (text) => pagesOf(found(text))[0].units.forEach((unit) => candidatesOf(unit)),
    'read and quote': reading,
    'question and passage': (text) => read(analyse(question(text), 'en', lexicon), found(text)),
    readable,
    'unsupported sentence': (text) =>
      unsupported(text, ['A gate is a rule. It holds 12.'], 'What is a gate?'),
    'unsupported by sources': (text) => unsupported('A gate is a rule 12.', [text, text], text),
    'unsupported, both': (text) => unsupported(text, [text], text),
    answers: (text) => answers(asked[0], text, [text]),
    sentenceStream: (text) => drain(sentenceStream(pieces(text))),
    glossary: (text) => glossaryTranslator('gate\t闸门\na\t一\n', 'g').translate(text, 'zh'),
    'glossary file': (text) => glossaryTranslator(text, 'g'),
    'code sorts': (text) => [sortOf(text), askedSort(text)],
    'code to quote': (text) => [quotableCode({ text }), isCommand({ text })],
  };
}

async function judgeSubjects() {
  const { scoreAnswer } = await load('evaluate/metrics/answer');
  const { groundedness } = await load('evaluate/metrics/groundedness');
  const { claimsOf } = await load('evaluate/metrics/evidence');
  const { answerTokens, withoutCitations } = await load('evaluate/metrics/normalise');
  const { PassageMatcher } = await load('evaluate/suite/passage-match');
  const { DocumentText } = await load('evaluate/suite/document-text');
  const { readSuite } = await load('evaluate/suite/read');
  const { parseSuiteLine } = await load('evaluate/suite/line');
  const { StopStrings } = await load('llama/stop-strings');
  const { serverEvents } = await load('cli/ask/sse');
  const width = await load('cli/output/width');
  const { parseExample } = await load('train/rows/example');
  const { Resemblance } = await load('train/rows/resemblance');
  const { parseYaml } = await load('project/parse');
  const { highlighted } = await loadConsole('highlight');
  const marks = await loadConsole('marks');
  const citations = [{ n: 1, source: 's', heading: 'h', text: 'A gate is a rule. Not 12.' }];
  const half = (text) => text.slice(0, text.length / 2);
  const alike = new Resemblance([{ id: 'a', question: 'What is a gate of a release?' }]);
  const stop = (stops) => (text) => {
    const strings = new StopStrings(stops);
    for (let at = 0; at < text.length; at += 3) strings.push(text.slice(at, at + 3));
  };
  return {
    'scoreAnswer, English': (text) => scoreAnswer(text, [half(text), 'a'], 'en'),
    'scoreAnswer, Chinese': (text) => scoreAnswer(text, [half(text), 'a'], 'zh'),
    'groundedness of an answer': (text) => groundedness(text, citations),
    'groundedness in a passage': (text) => groundedness('A gate 1.', [{ ...citations[0], text }]),
    claimsOf,
    answerTokens: (text) => answerTokens(text, 'en'),
    withoutCitations,
    'expected passage': (text) =>
      new PassageMatcher({ source: 's', text }).matches({ source: 's', text: `b${text}` }),
    'excerpt in a document': (text) =>
      new DocumentText([{ text: `${text} [EMAIL] ${text}` }, { text }]).holds(
        `${half(text)} a@b.c ${half(text)} x`,
      ),
    'suite file': (text) => readSuite('s.jsonl', Buffer.from(text)),
    'suite line': (text) => parseSuiteLine(text.slice(0, 65_536)),
    'suite question': (text) => parseSuiteLine(JSON.stringify({ id: text, language: 'en', question: text })),
    'stop strings': stop(['</s>', '\n\n', 'aaaa']),
    'server events': (text) => drain(serverEvents(chunks(text))),
    'printable line': (text) => width.printable(text),
    'wrapped answer': (text) => width.wrap(text, 80),
    'truncated line': (text) => width.truncate(text, 80),
    'example line': (text) => parseExample(text, 'rows'),
    resemblance: (text) => [alike.question(text), alike.inside(text)],
    'project file': (text) => parseYaml(Buffer.from(text.slice(0, 1 << 18))),
    'console: highlighted': (text) => highlighted(text, [`${text.slice(0, 50)} x`, 'gate a']),
    'console: pieces': (text) => marks.pieces(text, new Set([1])),
    'console: claims': (text) => marks.claims(text, 1),
  };
}

export async function subjects() {
  return {
    ...(await textSubjects()),
    ...(await ingestSubjects()),
    ...(await prepareSubjects()),
    ...(await answerSubjects()),
    ...(await judgeSubjects()),
  };
}
