import { describe, expect, test } from 'vitest';
import type { SuiteAnswer } from '../../contract/suite.ts';
import type { SuiteEntry } from '../suite/read.ts';
import { goodness, hasLatency, quantileOf, ratioParts } from './contribution.ts';
import { scoreQuestion, scoreQuestions } from './question.ts';

const entry: SuiteEntry = {
  ...{ id: 'a', file: 's.jsonl', line: 3, language: 'en', question: 'Which port?', answers: ['7411'] },
  passage: { source: 'a.md', text: 'The gateway listens on port 7411.' },
};
const text = 'The gateway listens on port 7411.';
const other = { id: '1', source: 'b.md', text: 'Something else.' };
const right = { id: '2', source: 'a.md', text };
const answer: SuiteAnswer = {
  ...{ id: 'a', answer: `${text} [1]`, declined: false, latency: 80 },
  citations: [{ source: 'a.md', heading: 'Ports', text }],
  retrieved: [other, right],
};
const { passage, ...unanswerable } = { ...entry, answers: [] };
const declined: SuiteAnswer = { ...answer, answer: 'It does not say.', declined: true };
const failed: SuiteAnswer = { ...answer, answer: '', declined: true, error: 'timed out' };

describe('an answer', () => {
  test('is scored by what it says, what it cites and what was found for it', () => {
    expect(scoreQuestion(entry, answer)).toEqual({
      ...{ id: 'a', file: 's.jsonl', line: 3, language: 'en', question: 'Which port?', accepted: ['7411'] },
      ...{
        shouldDecline: false,
        answer: `${text} [1]`,
        declined: false,
        latency: 80,
        source: 'a.md',
        rank: 2,
      },
      ...{ exactMatch: 0, f1: expect.closeTo(2 / 6, 12) as number, contains: 1 },
      ...{ sentences: 1, supported: 1, unsupported: [] },
    });
    expect(passage).toEqual(entry.passage);
  });

  test('that declines or failed scores nought, and only the one that declined has declined', () => {
    const nought = { exactMatch: 0, f1: 0, contains: 0, sentences: 0, supported: 0, unsupported: [] };
    expect(scoreQuestion(entry, declined)).toMatchObject({ ...nought, declined: true });
    expect(scoreQuestion(entry, declined)).not.toHaveProperty('error');
    expect(scoreQuestion(entry, failed)).toMatchObject({ ...nought, declined: false, error: 'timed out' });
    expect(scoreQuestion(entry, { ...answer, error: 'late' })).toMatchObject({ ...nought, declined: false });
  });

  test('to a question without one has no place to look for', () => {
    const scored = scoreQuestion(unanswerable, declined);
    expect(scored).toMatchObject({ shouldDecline: true, declined: true, rank: null });
    expect(scored).not.toHaveProperty('source');
    expect(scoreQuestion(entry, { ...answer, retrieved: [other] }).rank).toBeNull();
  });

  test('belongs to its question by its id, and those without one are named', () => {
    const answers = [{ ...answer, id: 'b' }, answer, { ...answer, id: 'nobody’s' }];
    expect(scoreQuestions([entry, { ...entry, id: 'b' }], answers).map(({ id }) => id)).toEqual(['a', 'b']);
    const lacking = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ ...entry, id: `q${String(at)}` }));
    const refused = (message: string) =>
      expect.objectContaining({ code: 'TOW_EVALUATE_ANSWERS_INVALID', message }) as Error;
    expect(() => scoreQuestions([entry, ...lacking(5)], [answer])).toThrow(
      refused('5 of 6 questions have no answer: q0, q1, q2, q3, q4'),
    );
    expect(() => scoreQuestions([entry, ...lacking(6)], [answer])).toThrow(
      refused('6 of 7 questions have no answer: q0, q1, q2, q3, q4, …'),
    );
  });
});

describe('what a question adds to a metric', () => {
  const answered = scoreQuestion(entry, answer);
  const wrongly = scoreQuestion(entry, declined);
  const rightly = scoreQuestion(unanswerable, declined);
  const invented = scoreQuestion(unanswerable, answer);
  const items = [answered, wrongly, rightly, invented];
  const f1 = 2 / 6;

  test.each<[string, number[], (number | undefined)[]]>([
    ['retrieval.recall@1', [0, 0], [0, 0, undefined, undefined]],
    ['retrieval.recall@2', [1, 1], [1, 1, undefined, undefined]],
    ['retrieval.mrr', [0.5, 0.5], [0.5, 0.5, undefined, undefined]],
    [
      'retrieval.ndcg@10',
      [1 / Math.log2(3), 1 / Math.log2(3)],
      [1 / Math.log2(3), 1 / Math.log2(3), undefined, undefined],
    ],
    ['answer.exact_match', [0, 0], [0, 0, undefined, undefined]],
    ['answer.f1', [f1, 0], [f1, 0, undefined, undefined]],
    ['answer.contains', [1, 0], [1, 0, undefined, undefined]],
    ['answer.groundedness', [1, 1], [1, undefined, undefined, 1]],
    ['refusal.accuracy', [1, 0], [undefined, undefined, 1, 0]],
    ['refusal.rate_answerable', [0, 1], [1, 0, undefined, undefined]],
    ['latency.p50', [], [-80, -80, -80, -80]],
  ])('for %s', (metric, numerators, good) => {
    expect((ratioParts(metric, items) ?? []).map(({ numerator }) => numerator)).toEqual(numerators);
    expect(items.map((item) => goodness(metric, item))).toEqual(good);
  });

  test('counts by document, and alone where there is none', () => {
    const clusters = ratioParts('answer.groundedness', items)?.map(({ cluster }) => cluster);
    expect(clusters).toEqual(['document a.md', 'question a']);
    const [two] = ratioParts('answer.groundedness', [{ ...answered, sentences: 4, supported: 3 }]) ?? [];
    expect(two).toMatchObject({ numerator: 3, denominator: 4 });
    expect(goodness('answer.groundedness', { ...answered, sentences: 4, supported: 3 })).toBe(0.75);
  });

  test('is nothing for a metric that is none', () => {
    for (const name of [
      'latency.p50',
      'retrieval.recall@',
      'retrieval.recall@1x',
      'xretrieval.recall@1',
      'tides',
    ])
      expect(ratioParts(name, items)).toBeUndefined();
    expect(goodness('tides', answered)).toBeUndefined();
  });

  test('is no latency where no answer came', () => {
    expect(hasLatency(answered)).toBe(true);
    expect(hasLatency(scoreQuestion(entry, failed))).toBe(false);
    expect(goodness('latency.p95', scoreQuestion(entry, failed))).toBeUndefined();
    const names = ['latency.p5', 'latency.p95', 'latency.p', 'xlatency.p5', 'latency.p5x', 'answer.f1'];
    expect(names.map(quantileOf)).toEqual([0.05, 0.95, undefined, undefined, undefined, undefined]);
  });
});
