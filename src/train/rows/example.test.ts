import { expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { englishIn } from '../../core/messages/testing/english.ts';
import { parseExample, type Shape } from './example.ts';

/** In English, once it is sure that in Chinese nothing of ours is left of it; names stand in quotes. */
const problemsOf = (line: string, shape: Shape): string[] | undefined =>
  parseExample(line, shape).problems?.map((problem) => {
    const chinese = render(problem, 'zh').replaceAll(/"[^"]*"|“[^“”]*”|（assistant）|不是 JSON：.*/g, ' ');
    expect(englishIn(chinese, ['JSON', 'number', 'string', 'system'])).toEqual([]);
    return render(problem, 'en');
  });

const rows = (value: unknown) => parseExample(JSON.stringify(value), 'rows');
const turns = (...roles: string[]) => roles.map((role) => ({ role, content: 'x' }));

test.each([
  [{ messages: turns('system', 'user', 'assistant') }],
  [{ prompt: 'Why?', answer: 'So.' }],
  [{ question: 'Why?', passage: 'So.', answer: null, language: 'en', source: 'a.md', id: 'q-1' }],
  [{ question: '为何？', passage: '如此。', answer: '' }],
  [{ text: 'Any text.' }],
])('%j is an example', (value) => {
  expect(rows(value)).toEqual({ example: value });
});

test.each<[unknown, string[]]>([
  [[], ['must be a JSON object']],
  [
    { quest: 'x' },
    ['needs "messages", "prompt" and "answer", "question" with "passage" and "answer", or "text"'],
  ],
  [{ question: 'Why?' }, ['"passage" is missing', '"answer" is missing']],
  [{ question: ' ', passage: 'x', answer: 'x' }, ['"question" is empty']],
  [{ prompt: 'x' }, ['"answer" is missing']],
  [{ prompt: 'x', answer: 'x', weight: 1 }, ['Unrecognized key: "weight"']],
  [
    { messages: turns('user') },
    ['"messages" needs a question and an answer', '"messages" must end with an answer (assistant)'],
  ],
  [{ messages: turns('user', 'system', 'assistant') }, ['"messages" may hold one system message, the first']],
  [
    { messages: [{ role: 'user', content: 3 }, ...turns('assistant')] },
    ['"messages[0].content" Invalid input: expected string, received number'],
  ],
  [
    { question: 'x', passage: 'x', answer: 'x', language: 'fr' },
    ['"language" Invalid option: expected one of "en"|"zh"'],
  ],
])('%j is told what is wrong with it', (value, problems) => {
  expect(problemsOf(JSON.stringify(value), 'rows')).toEqual(problems);
});

test('what is no JSON is told so', () => {
  expect(problemsOf('{"text": "a"', 'rows')?.[0]).toMatch(/^not JSON: /);
});

test('a job takes the lines that fit what it learns', () => {
  const text = '{"text": "a"}';
  const scored = '{"text": "a", "score": 0.5}';
  expect(parseExample(text, 'text').example).toEqual({ text: 'a' });
  expect(parseExample(scored, 'scores').example).toEqual({ text: 'a', score: 0.5 });
  expect(problemsOf(text, 'scores')?.[0]).toContain('learns scored texts');
  expect(problemsOf(scored, 'rows')?.[0]).toContain('a line with "score" does not fit');
  expect(problemsOf('{"prompt": "a", "answer": "b"}', 'text')?.[0]).toContain('learns running text');
});
