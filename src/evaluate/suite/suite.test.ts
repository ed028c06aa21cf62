import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { render } from '../../core/messages/message.ts';
import { englishIn } from '../../core/messages/testing/english.ts';
import { assertPassagesKnown, unknownPassages } from './check-passages.ts';
import { PassageMatcher } from './passage-match.ts';
import { formatProblem, problemText, readSuite, readSuites, type SuiteProblem } from './read.ts';

const good = {
  id: 'en-1',
  language: 'en',
  question: 'Which port does the gateway use?',
  answers: ['7411'],
  passage: { source: 'docs/en/serving.md', text: 'The gateway listens on port 7411.' },
};

const bytes = (...lines: unknown[]): Uint8Array =>
  Buffer.from(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));

/** In English, once it is sure that in Chinese nothing of ours is left of it; what the file says stands in quotes. */
const shown = (problem: SuiteProblem): string => {
  const chinese = render(problemText(problem), 'zh').replaceAll(/"[^"]*"|“[^“”]*”/g, ' ');
  expect(englishIn(chinese.replace(/不是 JSON：.*/, ''), ['JSON', 'jsonl'])).toEqual([]);
  return formatProblem(problem);
};

const problemsOf = (...lines: unknown[]): string[] =>
  readSuite('s.jsonl', bytes(...lines)).problems.map(shown);

describe('readSuite', () => {
  test('reads questions with their lines, skipping blank ones and a byte-order mark', () => {
    const content = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(`${JSON.stringify(good)}\r\n\r\n${JSON.stringify({ ...good, id: 'en-2' })}\r\n`),
    ]);
    const { suite, problems } = readSuite('suite/en.jsonl', content);
    expect(problems).toEqual([]);
    expect(suite.questions.map(({ id, line }) => [id, line])).toEqual([
      ['en-1', 1],
      ['en-2', 3],
    ]);
    expect(suite.digest).toBe(digestBytes(content));
  });

  test('reports everything wrong on every line', () => {
    const found = problemsOf(
      '{"id": "x"',
      '[]',
      { ...good, id: undefined, question: '  ' },
      { ...good, language: 'fr', answers: 'x' },
      { ...good, anwsers: [] },
      { ...good, passage: { source: '', txt: 'y' } },
    );
    expect(found).toEqual([
      expect.stringMatching(/^s\.jsonl:1: not JSON: /),
      's.jsonl:2: must be a JSON object {"id", "language", "question", …}',
      's.jsonl:3: "id" is missing',
      's.jsonl:3: "question" is empty',
      's.jsonl:4: "language" must be one of en, zh, not "fr"',
      's.jsonl:4: "answers" must be a list of texts, not "x"',
      's.jsonl:5: unknown field "anwsers"; did you mean "answers"?',
      's.jsonl:6: unknown field "passage.txt"; did you mean "passage.text"?',
      's.jsonl:6: "passage.source" is empty',
      's.jsonl:6: "passage.text" is missing',
    ]);
  });

  test.each([
    [
      'a declined question with a passage',
      { ...good, answers: [] },
      /to be declined, yet it names a passage/,
    ],
    ['an answer without a passage', { ...good, passage: undefined }, /"passage" is missing/],
    ['an empty accepted answer', { ...good, answers: [' '] }, /"answers\[0\]" is empty/],
    ['an English question said to be Chinese', { ...good, language: 'zh' }, /has no Chinese character/],
    [
      'a Chinese question said to be English',
      { ...good, question: '网关使用哪个端口？' },
      /does not read as English/,
    ],
    [
      'an over-long question',
      { ...good, question: `a${'b'.repeat(3000)}` },
      /has 3001 characters; at most 2000/,
    ],
    ['an id with a space', { ...good, id: 'a b' }, /"id" must be text without spaces/],
  ])('refuses %s', (_, line, expected) => {
    expect(problemsOf(line)).toEqual([expect.stringMatching(expected)]);
  });

  test('takes a Chinese question full of English names', () => {
    const line = { ...good, language: 'zh', question: 'towpath run show last 命令 shows what' };
    expect(problemsOf(line)).toEqual([]);
  });

  test('says which line is not UTF-8', () => {
    const content = Buffer.concat([bytes(good), Buffer.from('\n{"id":"'), Buffer.from([0xc4, 0xe3, 0x22])]);
    const found = readSuite('s.jsonl', content).problems.map(formatProblem);
    expect(found).toEqual(['s.jsonl:2: the line is not valid UTF-8; save the file as UTF-8']);
  });

  test.each([
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /UTF-16/],
    ['binary content', Buffer.from([1, 0, 2]), /NUL/],
    ['an endless line', Buffer.alloc(70_000, 0x20), /at most 65536/],
    ['an empty file', Buffer.alloc(0), /has no question/],
  ])('refuses %s', (_, content, expected) => {
    expect(readSuite('s.jsonl', content).problems.map(formatProblem)).toEqual([
      expect.stringMatching(expected),
    ]);
  });

  test('says nothing of what stands in a file outside of the project', () => {
    const { problems } = readSuite('s.jsonl', bytes('secret', good, { token: 'secret' }), {
      quotable: false,
    });
    expect(problems.map(shown)).toEqual([
      's.jsonl:1: is no sound question (files outside are not quoted)',
      's.jsonl:3: is no sound question (files outside are not quoted)',
    ]);
  });

  test('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
        const { suite, problems } = readSuite('s.jsonl', content);
        expect(suite.questions.length + problems.length).toBeGreaterThan(0);
      }),
    );
  });

  test('survives any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readSuite('s.jsonl', bytes(JSON.stringify(value))).problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('readSuites', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-suite-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  test('reports the problems of all files at once, ids used twice included', async () => {
    await writeFile(join(dir, 'a.jsonl'), bytes(good, 'oops'));
    await writeFile(join(dir, 'b.jsonl'), bytes(good));
    await expect(readSuites(dir, [{ path: 'a.jsonl' }, { path: 'b.jsonl' }])).rejects.toMatchObject({
      code: 'TOW_EVALUATE_SUITE_INVALID',
      where: 'a.jsonl:2',
      exitCode: 2,
      data: { problems: [expect.any(String), 'b.jsonl:1: id "en-1" is already used at a.jsonl:1'] },
      message: expect.stringMatching(
        /^the evaluation suites have 2 problems:\n.*a\.jsonl:2: not JSON: .+\n.*b\.jsonl:1: id "en-1"/,
      ) as string,
    });
  });

  test('gives the suites in their order when nothing is wrong with them', async () => {
    await writeFile(join(dir, 'b.jsonl'), bytes(good));
    await writeFile(join(dir, 'a.jsonl'), bytes({ ...good, id: 'en-2' }));
    const digest = digestBytes(bytes(good));
    const suites = await readSuites(dir, [{ path: 'b.jsonl', digest }, { path: 'a.jsonl' }]);
    expect(suites.map(({ path, questions }) => [path, questions[0]?.id])).toEqual([
      ['b.jsonl', 'en-1'],
      ['a.jsonl', 'en-2'],
    ]);
    expect(suites[0]?.digest).toBe(digest);
    expect(await readSuites(dir, [])).toEqual([]);
  });

  test('refuses a suite that is not the planned one', async () => {
    await writeFile(join(dir, 'a.jsonl'), bytes(good));
    const digest = digestBytes('another');
    await expect(readSuites(dir, [{ path: 'a.jsonl', digest }])).rejects.toMatchObject({
      code: 'TOW_EVALUATE_SUITE_CHANGED',
      message: 'a.jsonl changed while the run was going on',
      where: 'a.jsonl',
    });
  });

  test('says which file is missing', async () => {
    await expect(readSuites(dir, [{ path: 'none.jsonl' }])).rejects.toMatchObject({
      code: 'TOW_EVALUATE_SUITE_UNREADABLE',
      where: 'none.jsonl',
      message: expect.stringMatching(/^the suite none\.jsonl cannot be read: ./) as string,
    });
  });
});

describe('PassageMatcher', () => {
  const passage = {
    source: 'docs/en/serving.md',
    text: 'The gateway listens on port 7411. Change it with `serve.port`, and restart.',
  };
  const matches = (text: string, source = passage.source): boolean =>
    new PassageMatcher({ source, text }).matches(passage);

  test('finds an excerpt whatever its line breaks, marks, case and width', () => {
    expect(matches('the gateway\n listens on port **７４１１**')).toBe(true);
  });

  test('finds a passage that another cut has shortened', () => {
    expect(matches(`${passage.text} Then look at the log.`)).toBe(true);
  });

  test('finds a passage in which an address was masked', () => {
    const expected = {
      source: 'a.md',
      text: 'Write to help@example.com when the gateway does not start at all.',
    };
    const masked = { source: './a.md', text: 'Write to [EMAIL] when the gateway does not start at all.' };
    expect(new PassageMatcher(expected).matches(masked)).toBe(true);
  });

  test('finds Chinese excerpts', () => {
    const expected = { source: 'a.md', text: '网关默认监听 7411 端口，可用 serve.port 修改。' };
    const cut = {
      source: 'a.md',
      text: '## 端口\n网关默认监听7411端口,可用`serve.port`修改。其他设置见下文。',
    };
    expect(new PassageMatcher(expected).matches(cut)).toBe(true);
  });

  test('does not take another document, another passage or a heading for it', () => {
    expect(matches('The gateway listens on port 7411.', 'docs/en/other.md')).toBe(false);
    expect(matches('Replicas are restarted with growing pauses after they crash.')).toBe(false);
    const heading = { source: passage.source, text: 'Port' };
    expect(new PassageMatcher({ source: passage.source, text: passage.text }).matches(heading)).toBe(false);
  });
});

describe('unknownPassages', () => {
  const suite = readSuite('s.jsonl', bytes(good)).suite;
  const { source, text } = good.passage;

  test('is content when the index has the passage', () => {
    expect(unknownPassages([suite], [{ source, text: `# Port\n${text} More.` }])).toEqual([]);
  });

  test.each([
    [
      'a renamed document',
      [{ source: 'docs/en/new.md', text }],
      /no document .*serving\.md is in the index; the text stands in docs\/en\/new\.md/,
    ],
    [
      'an edited document',
      [{ source, text: 'It uses another one now.' }],
      /is not in docs\/en\/serving\.md any more/,
    ],
    ['an index without documents', [], /: question \S+: no document docs\/en\/serving\.md is in the index$/],
    [
      'an excerpt that went to another document',
      [
        { source, text: 'It uses another one now.' },
        ...['docs/en/new.md', 'docs/en/newer.md'].map((place) => ({ source: place, text })),
      ],
      /the excerpt is not in docs\/en\/serving\.md any more; the text stands in docs\/en\/new\.md$/,
    ],
    [
      'an excerpt that went to a part of another document',
      [
        { source, text: 'It uses another one now.' },
        ...['Other words.', text].map((part) => ({ source: 'b.md', text: part })),
      ],
      /the text stands in b\.md$/,
    ],
  ])('explains %s', (_, passages, expected) => {
    expect(unknownPassages([suite], passages).map(formatProblem)).toEqual([expect.stringMatching(expected)]);
  });

  test('explains an excerpt that spreads over passages', () => {
    const parts = ['One two three four.', 'Five six seven eight.', 'Nine ten eleven twelve.'];
    const long = readSuite('s.jsonl', bytes({ ...good, passage: { source, text: parts.join(' ') } })).suite;
    const passages = parts.map((part) => ({ source, text: part }));
    expect(unknownPassages([long], passages).map(formatProblem)).toEqual([
      's.jsonl:1: question en-1: the excerpt spreads over several passages of docs/en/serving.md; shorten it to the part that answers',
    ]);
  });

  test('is content with questions to be declined', () => {
    const declined = readSuite('s.jsonl', bytes({ ...good, answers: [], passage: undefined })).suite;
    expect(unknownPassages([declined], [])).toEqual([]);
    expect(() => assertPassagesKnown([declined], [])).not.toThrow();
  });

  test('becomes one error that lists files and lines', () => {
    expect(() => {
      assertPassagesKnown([suite], []);
    }).toThrow(
      expect.objectContaining({
        ...{ code: 'TOW_EVALUATE_PASSAGE_UNKNOWN', where: 's.jsonl:1' },
        message: expect.stringMatching(
          /^a suite question names a passage that the documents do not hold:\n.*s\.jsonl:1: question en-1/,
        ) as string,
        data: { problems: [expect.stringContaining('s.jsonl:1: question en-1') as string] },
      }),
    );
  });
});
