import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { parseSuiteLine } from './line.ts';

const good = {
  id: 'en-1',
  language: 'en',
  question: 'Which port does the gateway use?',
  answers: ['7411', 'port 7411'],
  passage: { source: 'docs/en/serving.md', text: 'The gateway listens on port 7411.' },
};

const problems = (value: unknown): string[] =>
  (parseSuiteLine(typeof value === 'string' ? value : JSON.stringify(value)).problems ?? []).map((problem) =>
    render(problem, 'en'),
  );

describe('a line of a suite', () => {
  test('is a question when nothing is wrong with it', () => {
    expect(parseSuiteLine(JSON.stringify(good))).toEqual({ question: good });
    const { passage, ...declined } = { ...good, answers: [] };
    expect(passage).toBeDefined();
    expect(parseSuiteLine(JSON.stringify(declined))).toEqual({ question: declined });
  });

  test.each([
    ['id', 100, (text: string) => ({ ...good, id: text })],
    ['question', 2000, (text: string) => ({ ...good, question: text })],
    ['answers[1]', 1000, (text: string) => ({ ...good, answers: ['7411', text] })],
    ['passage.source', 500, (text: string) => ({ ...good, passage: { ...good.passage, source: text } })],
    ['passage.text', 8000, (text: string) => ({ ...good, passage: { ...good.passage, text } })],
  ])('has room for so much in %s, and no more: %i', (field, most, line) => {
    expect(problems(line('a'.repeat(most)))).toEqual([]);
    expect(problems(line('a'.repeat(most + 1)))).toEqual([
      `"${field}" has ${String(most + 1)} characters; at most ${String(most)}`,
    ]);
  });

  test.each<[unknown, ...string[]]>([
    [null, 'must be a JSON object {"id", "language", "question", …}'],
    [7, 'must be a JSON object {"id", "language", "question", …}'],
    [
      {},
      ...['"id" is missing', '"language" is missing', '"question" is missing'],
      '"answers" is missing (write [] for a question to be declined)',
    ],
    [{ ...good, id: 7 }, '"id" must be text without spaces, not 7'],
    [{ ...good, id: '' }, '"id" must be text without spaces, not ""'],
    [{ ...good, id: 'a\u0007' }, '"id" must be text without spaces, not "a\\u0007"'],
    [{ ...good, id: 'a b' }, '"id" must be text without spaces, not "a b"'],
    [{ ...good, language: 'und', question: '?' }, '"language" must be one of en, zh, not "und"'],
    [{ ...good, question: ['x'] }, '"question" must be text, not ["x"]'],
    [{ ...good, question: '7411?' }, '"language" is en but the question does not read as English: "7411?"'],
    [{ ...good, answers: { a: 1 } }, '"answers" must be a list of texts, not {"a":1}'],
    [
      { ...good, answers: ['x', 7, null] },
      '"answers[1]" must be text, not 7',
      '"answers[2]" must be text, not null',
    ],
    [{ ...good, answers: ['x', ' '] }, '"answers[1]" is empty'],
    [{ ...good, passage: 'x' }, '"passage" must be {"source", "text"}, not "x"'],
    [{ ...good, passage: [] }, '"passage" must be {"source", "text"}, not []'],
    [{ ...good, passage: {} }, '"passage.source" is missing', '"passage.text" is missing'],
    [
      { ...good, passage: { source: 1, text: ' ' } },
      '"passage.source" must be text, not 1',
      '"passage.text" is empty',
    ],
    [
      { ...good, whatever: 1 },
      'unknown field "whatever"; known are id, language, question, answers, passage',
    ],
    [
      { ...good, passage: { ...good.passage, whatever: 1 } },
      'unknown field "passage.whatever"; known are source, text',
    ],
  ])('is told all that is wrong with it: %j', (line, ...expected) => {
    expect(problems(line)).toEqual(expected);
  });

  test('names what nests, and shows what is plain, no longer than a line', () => {
    const shown = (value: unknown): string => problems({ ...good, question: value })[0] ?? '';
    expect(shown([1, 'a', null])).toContain('not [1,"a",null]');
    expect(shown({ a: null })).toContain('not {"a":null}');
    expect(shown([[]])).toContain('not a nested list');
    expect(shown({ a: {} })).toContain('not a nested object');
    const numbers = (count: number) => Array.from({ length: count }, () => 7);
    expect(shown([...numbers(38), 77])).toContain(`not [${'7,'.repeat(38)}77]`);
    expect(shown(numbers(40))).toContain(`not [${'7,'.repeat(38)}…`);
  });

  test('reads as English with up to three Chinese characters a word, as Chinese with one', () => {
    expect(problems({ ...good, question: 'port 网关端' })).toEqual([]);
    expect(problems({ ...good, question: 'port 网关端口' })).toHaveLength(1);
    expect(problems({ ...good, language: 'zh', question: 'port 口' })).toEqual([]);
    expect(problems({ ...good, language: 'zh', question: 'port' })).toHaveLength(1);
  });
});
