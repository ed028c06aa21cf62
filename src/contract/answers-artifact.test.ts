import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import type { SuiteAnswer, SuiteQuestion } from './suite.ts';
import { questionDigest, readAnswers, writeAnswers } from './answers-artifact.ts';

const question: SuiteQuestion = { id: 'a', language: 'en', question: 'What?', answers: ['x'] };
const answer: SuiteAnswer = {
  ...{ id: 'a', answer: 'line\nbreak', declined: false, latency: 0 },
  citations: [{ source: 'a.md', heading: 'A', text: 'x' }],
  retrieved: [{ id: '1', source: 'a.md', text: 'x' }],
};

describe('answers that were written', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-answers-'));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const folder = () => join(dir, 'not/yet/there');
  const write = (answers: readonly SuiteAnswer[], more: object = {}) =>
    writeAnswers(folder(), { answers, questions: [question], suites: [], ...more });

  test('are read as they are, with what they answer and what they come from', async () => {
    const answers = [answer, { ...answer, id: 'b', error: 'timed out' }];
    const suites = [{ path: 's.jsonl', digest: digestBytes('s') }];
    await write(answers, { suites, release: 'r1', index: digestBytes('i') });
    expect(await readAnswers(folder())).toEqual({
      meta: {
        ...{ release: 'r1', index: digestBytes('i'), suites },
        questions: { a: questionDigest(question) },
      },
      answers,
    });
    expect((await readFile(join(folder(), 'answers.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
    await write([]);
    const none = await readAnswers(folder());
    expect(none.answers).toEqual([]);
    expect(none.meta.release).toBeUndefined();
  });

  test.each<[string, string, string, RegExp]>([
    ['meta.json', 'x', 'meta.json', /^the answers cannot be read: it is not JSON$/],
    ['meta.json', '{"schema":2,"suites":[],"questions":{}}', 'meta.json', /schema/],
    ['meta.json', '{"schema":1,"suites":[],"questions":{"a":"x"}}', 'meta.json', /not a SHA-256 digest/],
    ['answers.jsonl', '\n{"id":1}', 'answers.jsonl:2', /id/],
    ['answers.jsonl', 'x', 'answers.jsonl:1', /not JSON/],
    ['answers.jsonl', JSON.stringify({ ...answer, latency: -1 }), 'answers.jsonl:1', /latency/],
    [
      'answers.jsonl',
      `${JSON.stringify(answer)}\n\n${JSON.stringify(answer)}`,
      'answers.jsonl:3',
      /^the answers cannot be read: a second answer to a$/,
    ],
  ])('are refused with another %s, %j, by the place %s', async (file, text, where, why) => {
    await write([answer]);
    await writeFile(join(folder(), file), text);
    const error: unknown = await readAnswers(folder()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'TOW_EVALUATE_ANSWERS_INVALID',
      where: expect.stringMatching(new RegExp(`(?:^|/)${where}$`)) as string,
    });
    expect((error as Error).message).toMatch(why);
  });

  test.each(['meta.json', 'answers.jsonl'])('are refused without %s', async (file) => {
    await write([answer]);
    await rm(join(folder(), file));
    await expect(readAnswers(folder())).rejects.toMatchObject({
      ...{ code: 'TOW_EVALUATE_ANSWERS_INVALID', cause: { code: 'ENOENT' } },
      where: expect.stringMatching(new RegExp(`(?:^|/)${file}$`)) as string,
      message: 'the answers cannot be read: the file cannot be read',
    });
  });
});

test('a question is another one in other words or another language, not with other answers', () => {
  const digest = questionDigest(question);
  expect(questionDigest({ ...question, answers: [], id: 'b' } as SuiteQuestion)).toBe(digest);
  expect(questionDigest({ ...question, question: 'What not?' })).not.toBe(digest);
  expect(questionDigest({ ...question, language: 'zh' })).not.toBe(digest);
});
