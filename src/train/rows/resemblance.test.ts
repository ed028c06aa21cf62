import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Resemblance } from './resemblance.ts';

const suite = new Resemblance([
  { id: 'en-1', question: 'Which command runs the flow and serves the live release?' },
  { id: 'en-2', question: 'Who?' },
  { id: 'zh-1', question: '哪条命令既执行流程又提供服务？' },
]);

test.each([
  ['Which command runs the flow and serves the live release?', 'en-1'],
  ['  WHICH command runs “the flow”, and serves the live release', 'en-1'],
  ['Which command runs the flow and serves the live releases?', 'en-1'],
  ['Which command serves the live release and runs the flow?', 'en-1'],
  ['哪条命令既执行流程，又提供服务', 'zh-1'],
  ['哪条命令既执行流程又提供服务呢？', 'zh-1'],
  ['Ｗｈｏ？', 'en-2'],
  ['Which command stops the service?', undefined],
  ['哪条命令停止服务？', undefined],
  ['', undefined],
])('%s resembles %s', (question, id) => {
  expect(suite.question(question)).toBe(id);
});

test('a question inside a longer text is found, a very short one is not looked for', () => {
  const prompt =
    'Passage: towpath up.\n\nQuestion: which command runs the flow and serves the live release?\nAnswer:';
  expect(suite.inside(prompt)).toBe('en-1');
  expect(suite.inside('请看：哪条命令既执行流程又提供服务？请回答。')).toBe('zh-1');
  expect(suite.inside('Who is it? Nobody.')).toBeUndefined();
});

test('every question resembles itself, and sets of trigrams are compared by Jaccard', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })),
      fc.nat(),
      (texts, pick) => {
        const all = new Resemblance(texts.map((question, at) => ({ id: String(at), question })));
        const chosen = texts[pick % Math.max(1, texts.length)];
        if (chosen === undefined || !/[\p{L}\p{N}]/u.test(chosen)) return;
        expect(all.question(chosen)).toBeDefined();
      },
    ),
  );
  // abcdefghij has 8 trigrams; without its last letter 7 of them are left: 7/8 is enough, 6/8 is not.
  const letters = new Resemblance([{ id: 'x', question: 'abcdefghij' }]);
  expect(letters.question('abcdefghi')).toBe('x');
  expect(letters.question('abcdefgh')).toBeUndefined();
});
