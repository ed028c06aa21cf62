import { expect, test } from 'vitest';
import { parseExample } from './example.ts';

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
  expect(rows(value).problems).toEqual(problems);
});

test('what is no JSON is told so', () => {
  expect(parseExample('{"text": "a"', 'rows').problems?.[0]).toMatch(/^not JSON: /);
});

test('a job takes the lines that fit what it learns', () => {
  const text = '{"text": "a"}';
  const scored = '{"text": "a", "score": 0.5}';
  expect(parseExample(text, 'text').example).toEqual({ text: 'a' });
  expect(parseExample(scored, 'scores').example).toEqual({ text: 'a', score: 0.5 });
  expect(parseExample(text, 'scores').problems?.[0]).toContain('learns scored texts');
  expect(parseExample(scored, 'rows').problems?.[0]).toContain('a line with "score" does not fit');
  expect(parseExample('{"prompt": "a", "answer": "b"}', 'text').problems?.[0]).toContain(
    'learns running text',
  );
});
