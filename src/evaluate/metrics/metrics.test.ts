import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { scoreAnswer } from './answer.ts';
import { namesIn, numbersIn } from './evidence.ts';
import { groundedness } from './groundedness.ts';
import { answerTokens } from './normalise.ts';
import { ndcgAt, passageRank, recallAt, reciprocalRank } from './retrieval.ts';

describe('answerTokens', () => {
  test('normalises English as SQuAD does: case, punctuation, articles, citation marks', () => {
    expect(answerTokens('The Rhine-Main area, a "hub" [1][2, 3].', 'en')).toEqual([
      'rhinemain',
      'area',
      'hub',
    ]);
  });

  test('keeps symbols that are content and drops punctuation of every script', () => {
    expect(answerTokens('“P ⊆ NP” — 20 °C, $5', 'en')).toEqual(['p', '⊆', 'np', '20', '°c', '5']);
  });

  test('takes Chinese by characters, width folded, without punctuation; runs of Latin and digits whole', () => {
    expect(answerTokens('端口（７４１１），由 Towpath 使用。[1]', 'zh')).toEqual([
      ...['端', '口', '7411'],
      ...['由', 'towpath', '使', '用'],
    ]);
  });
});

describe('scoreAnswer', () => {
  test('gives the worked example of F1: 3 accepted words in a sentence of 12 are .40', () => {
    const sentence = 'towpath keeps every artifact in content addressed store below its project folder';
    expect(answerTokens(sentence, 'en')).toHaveLength(12);
    const { f1, exactMatch, contains } = scoreAnswer(sentence, ['content addressed store'], 'en');
    expect(f1).toBeCloseTo(0.4, 12);
    expect([exactMatch, contains]).toEqual([0, 1]);
  });

  test('counts a word as often as both have it', () => {
    // given a a b, accepted a b b: 2 shared, precision 2/3, recall 2/3
    expect(scoreAnswer('x x y', ['x y y'], 'en').f1).toBeCloseTo(2 / 3, 12);
  });

  test('takes the best of the accepted answers', () => {
    expect(scoreAnswer('The port is 7411', ['eight', 'port is 7411'], 'en')).toEqual({
      exactMatch: 1,
      f1: 1,
      contains: 1,
    });
  });

  test('scores Chinese by characters', () => {
    // 6 tokens given, 3 accepted, 3 shared: 2*3/9
    const found = scoreAnswer('由控制器管理', ['控制器'], 'zh');
    expect(found).toEqual({ exactMatch: 0, f1: expect.closeTo(2 / 3, 12) as number, contains: 1 });
  });

  test('does not find 741 in 7411', () => {
    expect(scoreAnswer('port 7411', ['741'], 'en').contains).toBe(0);
  });

  test('contains finds a run wherever it begins, also inside of what repeats itself', () => {
    const token = fc.constantFrom('a1', 'b1', 'c1');
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 12 }),
        fc.array(token, { minLength: 1, maxLength: 4 }),
        (all, run) => {
          const stands = all.some((_, at) => run.every((each, n) => all[at + n] === each));
          expect(scoreAnswer(all.join(' '), [run.join(' ')], 'en').contains).toBe(stands ? 1 : 0);
        },
      ),
    );
  });

  test('scores nought without accepted answers', () => {
    expect(scoreAnswer('anything', [], 'en')).toEqual({ exactMatch: 0, f1: 0, contains: 0 });
  });

  test('gives a text compared with itself all points, and never more than 1', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('en' as const, 'zh' as const),
        (a, b, language) => {
          expect(scoreAnswer(a, [a], language).f1).toBe(1);
          const { f1 } = scoreAnswer(a, [b], language);
          expect(f1).toBeCloseTo(scoreAnswer(b, [a], language).f1, 12);
          expect(f1).toBeGreaterThanOrEqual(0);
          expect(f1).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('retrieval', () => {
  const expected = { source: 'a.md', text: 'The gateway listens on port 7411.' };
  const other = { id: '1', source: 'b.md', text: 'Something else entirely.' };
  const right = { id: '2', source: 'a.md', text: 'Ports. The gateway listens on port 7411. More.' };

  test('ranks the first passage that matches', () => {
    expect(passageRank(expected, [other, right, right])).toBe(2);
    expect(passageRank(expected, [other])).toBeUndefined();
  });

  test('scores by rank as worked by hand', () => {
    expect([1, 2, 6, undefined].map((rank) => recallAt(5, rank))).toEqual([1, 1, 0, 0]);
    expect([1, 2, 4, undefined].map((rank) => reciprocalRank(rank))).toEqual([1, 0.5, 0.25, 0]);
    expect(ndcgAt(10, 1)).toBe(1);
    expect(ndcgAt(10, 3)).toBe(0.5);
    expect(ndcgAt(10, 2)).toBeCloseTo(0.6309297535714575, 15);
    expect(ndcgAt(10, 11)).toBe(0);
  });
});

describe('groundedness', () => {
  const passage = {
    source: 'docs/en/serving.md',
    heading: 'Serving > Ports',
    text: 'By default the gateway listens on port 7411 of 127.0.0.1. It refuses every other address. Replicas are restarted when they crash. Replicas never share a context. 1,024 tokens fit.',
  };
  const zh = {
    source: 'docs/zh/serving.md',
    heading: '服务',
    text: '网关默认监听本机的 7411 端口。副本崩溃后会自动重启。副本之间不共享上下文。',
  };
  const reasonOf = (sentence: string, citations = [passage]): string | undefined => {
    const [first] = groundedness(sentence, citations).unsupported;
    return first && render(first.text, 'en');
  };

  test('supports what the cited passage says, reworded a little', () => {
    expect(
      groundedness('The gateway listens on port 7411 by default [1]. A crashed replica is restarted [1].', [
        passage,
      ]),
    ).toEqual({
      sentences: 2,
      supported: 2,
      unsupported: [],
    });
    expect(reasonOf('1024 tokens fit. [1]')).toBeUndefined();
  });

  test.each([
    ['another number', 'The gateway listens on port 8080 [1].', /number not in the passages: 8080/],
    [
      'a name from elsewhere',
      'The gateway listens on port 7411 through Nginx [1].',
      /name not in the passages: nginx/,
    ],
    [
      'words from elsewhere',
      'The gateway encrypts uploaded documents nightly [1].',
      /words not in the passages/,
    ],
    ['a negation of it', 'The gateway never listens on port 7411 [1].', /negates/],
    ['a dropped negation', 'Replicas share a context [1].', /negates/],
    ['a citation that is not there', 'The gateway listens on port 7411 [2].', /cites no passage/],
  ])('does not support %s', (_, sentence, expected) => {
    expect(reasonOf(sentence)).toMatch(expected);
  });

  test('judges Chinese by words, numbers and negation', () => {
    expect(reasonOf('网关默认监听 7411 端口。[1]', [zh])).toBeUndefined();
    expect(reasonOf('副本崩溃后自动重启。[1]', [zh])).toBeUndefined();
    expect(reasonOf('网关默认监听 8080 端口。[1]', [zh])).toMatch(/8080/);
    expect(reasonOf('副本之间共享上下文。[1]', [zh])).toMatch(/negates/);
    expect(reasonOf('管理员每天备份数据库。[1]', [zh])).toMatch(/words/);
  });

  test('compares a sentence in another language by its numbers and names only', () => {
    expect(reasonOf('网关使用 7411 端口。[1]')).toBeUndefined();
    expect(reasonOf('网关使用 8080 端口。[1]')).toMatch(/number/);
    expect(reasonOf('副本会自动重启。[1]')).toMatch(/another language/);
  });

  test('takes all citations where a sentence names none, and finds none unsupported without any sentence', () => {
    expect(reasonOf('The gateway listens on port 7411.')).toBeUndefined();
    expect(reasonOf('The gateway listens on port 7411.', [])).toMatch(/cites no passage/);
    expect(groundedness(' [1] ', [passage])).toEqual({ sentences: 0, supported: 0, unsupported: [] });
  });

  test('survives any answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (answer) => {
        const found = groundedness(answer, [passage, zh]);
        expect(found.supported + found.unsupported.length).toBe(found.sentences);
      }),
    );
  });
});

describe('evidence', () => {
  test('reads numbers in one spelling', () => {
    expect(numbersIn('1,024 and 007, ３.5 and 7,8')).toEqual(['1024', '7', '3.5', '7,8']);
  });

  test('reads names and identifiers, not the first word of a sentence', () => {
    expect(namesIn('Set top_k in towpath.yaml for BM25 as Lucene does')).toEqual([
      'top_k',
      'towpath.yaml',
      'bm25',
      'lucene',
    ]);
  });
});
