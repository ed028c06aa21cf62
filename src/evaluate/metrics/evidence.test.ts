import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { metricCatalogue, metricTitle, retrievalDepth } from './catalogue.ts';
import { claimsOf, namesIn, numbersIn } from './evidence.ts';
import { groundedness } from './groundedness.ts';
import { answerTokens, withoutCitations } from './normalise.ts';

describe('what a sentence states', () => {
  test('are its content words by their stems, once each, without function words and numbers', () => {
    expect(claimsOf('The lock and the gates of the lock open at 7.30 for boats').content).toEqual(
      claimsOf('lock gate open boat').content,
    );
    expect(claimsOf('it is what they have').content).toEqual([]);
    expect(claimsOf('水 闸门').content).toEqual(['闸门']);
    expect(claimsOf('这个 闸门 的').content).toEqual(['闸门']);
  });

  test.each([
    ...[
      'It does not open',
      'No boat',
      'never',
      'None came',
      'neither',
      'nor',
      'without water',
      'cannot',
      'NOT',
    ],
    ...['it doesn’t open', "it doesn't open"],
    ...['不开', '没有水', '無', '无水', '未开', '非法', '勿入', '莫入', '不仅不开'],
  ])('is negated in %j', (text) => {
    expect(claimsOf(text).negated).toBe(true);
  });

  test.each([
    ...['It opens', 'nothing', 'knot', 'noted', 'canto', 'another', 'withoutx', 'seant'],
    ...['不仅开', '不但开', '不只开', '不同', '不断', '非常', '除非', '无论', '不论', '未来'],
  ])('is not negated in %j', (text) => {
    expect(claimsOf(text).negated).toBe(false);
  });

  test.each<[string, ...string[]]>([
    ['1,024 and 1,024,000', '1024', '1024000'],
    ['1,02 and 1,0245', '1,02', '1,0245'],
    ['007 and 0 and 00.5 and 0.50', '7', '0', '0.5', '0.50'],
    ['７４１１ or 7411', '7411'],
    ['127.0.0.1.', '127.0.0.1'],
    ['none'],
  ])('has the numbers of %j in one spelling', (text, ...numbers) => {
    expect(numbersIn(text)).toEqual(numbers);
  });

  test.each<[string, ...string[]]>([
    ['Open the Lock of Ely', 'lock', 'ely'],
    ['“Open” Lock', 'lock'],
    ['- **Open** Lock', 'lock'],
    ['BM25 is best', 'bm25'],
    ['Set top_k, a/b, a-b, Rhine-Main, a@b, a.b', 'top_k', 'a/b', 'rhine-main', 'a@b', 'a.b'],
    ['the iPhone of NASA', 'iphone', 'nasa'],
    ['vitamin C and I', ...[]],
    ['use x2 and lock', 'x2'],
    ['use _x and x_', ...[]],
    ['Lock Lock lock', 'lock'],
    ['闸门 Ely', 'ely'],
  ])('has the names of %j', (text, ...names) => {
    expect(namesIn(text)).toEqual(names);
  });
});

describe('an answer is supported', () => {
  const passage = (text: string, heading = '') => ({ source: 'a.md', heading, text });
  const why = (sentence: string, ...texts: string[]): string | undefined => {
    const [first] = groundedness(
      sentence,
      texts.map((text) => passage(text)),
    ).unsupported;
    return first && render(first.text, 'en');
  };
  const words = 'lock gate boat water level keeper tide canal bridge tunnel'.split(' ');
  const others = 'pear plum melon lemon hazel walnut mint thyme'.split(' ');

  test('by seven in ten of its words, and not by six', () => {
    expect(why([...words.slice(0, 7), ...others.slice(0, 3)].join(' '), words.join(' '))).toBeUndefined();
    expect(why([...words.slice(0, 6), ...others.slice(0, 4)].join(' '), words.join(' '))).toBe(
      `words not in the passages: ${others.slice(0, 4).join(', ')}`,
    );
  });

  test('or is told six words at most that are not there', () => {
    const stems = claimsOf(others.join(' ')).content;
    expect(why(others.join(' '), words.join(' '))).toBe(
      `words not in the passages: ${stems.slice(0, 6).join(', ')}`,
    );
  });

  test('by the heading of its passage as by its text', () => {
    const { supported } = groundedness('lock gate boat', [passage('gate boat', 'Lock')]);
    expect(supported).toBe(1);
  });

  test('by the passages that it names alone, however they are named', () => {
    const [one, two, three] = ['lock gate', 'boat water', 'tide canal'];
    const supported = (sentence: string) => why(sentence, one, two, three) === undefined;
    for (const marks of ['[1][2]', '[1, 2]', '[1，2]', '[1、2]', '[ignored] [2,1]'])
      expect(supported(`lock gate boat water ${marks}`)).toBe(true);
    for (const marks of ['[1]', '[2]', '[3]', '[1, 3]'])
      expect(supported(`lock gate boat water ${marks}`)).toBe(false);
    expect(why('lock gate [4]', one)).toMatch(/cites no passage/);
  });

  test('unless it negates what the nearest sentence states, or the other way round', () => {
    expect(why('lock gate boat water level not', 'lock gate boat water level')).toMatch(/negates/);
    expect(why('lock gate boat water level', 'lock gate boat water level not')).toMatch(/negates/);
    expect(why('lock gate boat water level not', 'lock gate boat water level not')).toBeUndefined();
  });

  test('where the nearest sentences do not agree, or none shares four words in five', () => {
    const both = 'lock gate boat water level. Not lock gate boat water level.';
    expect(why('lock gate boat water level', both)).toBeUndefined();
    expect(why('not lock gate boat water plum', 'lock gate boat water tide')).toMatch(/negates/);
    expect(why('not lock gate boat plum', 'lock gate boat tide')).toBeUndefined();
  });

  test('by its numbers and names in another language, where it has any', () => {
    expect(why('闸门在 7411 打开。', 'The gate opens at 7411.')).toBeUndefined();
    expect(why('闸门由 Ely 管理。', 'The gate is kept by Ely.')).toBeUndefined();
    expect(why('闸门打开。', 'The gate opens.')).toMatch(/another language/);
  });

  test('with names in whatever case the passages have them, also inside of a word', () => {
    expect(why('the gate of Ely', 'gate of ELY')).toBeUndefined();
    expect(why('the lock gate and bridge of Ely', 'the elysian lock gate and bridge')).toBeUndefined();
    expect(why('the gate of Ely', 'the gate of Bath')).toBe('name not in the passages: ely');
  });

  test('sentence by sentence, without their marks', () => {
    const found = groundedness('The lock opens. Plums grow here [1]. [1]', [passage('The lock opens.')]);
    expect(found).toMatchObject({ sentences: 2, supported: 1 });
    expect(found.unsupported.map(({ sentence }) => sentence)).toEqual(['Plums grow here.']);
  });
});

describe('an answer in tokens', () => {
  test.each([
    ['port 7411 [1] and more [2, 3].', 'port 7411 and more.'],
    ['a[1，2]b[3、4]c[5 , 6]', 'abc'],
    ['a [1] [2]', 'a'],
    ['a [1]  b ', 'a  b '],
    ['a [1234] b [] c [x] d [1;2]', 'a [1234] b [] c [x] d [1;2]'],
  ])('of %j has no citations: %j', (text, expected) => {
    expect(withoutCitations(text)).toBe(expected);
  });

  test('has no articles and no punctuation, but words that only look like them', () => {
    expect(answerTokens('The An A anthem, a theory—and more', 'en')).toEqual(['anthem', 'theoryand', 'more']);
    expect(answerTokens('  \n ', 'en')).toEqual([]);
    expect(answerTokens('A', 'en')).toEqual([]);
    expect(answerTokens(' ，', 'zh')).toEqual([]);
    expect(answerTokens('the 水A1 b', 'zh')).toEqual(['the', '水', 'a1', 'b']);
  });
});

describe('the metrics', () => {
  test('stand in the order of the report, with what is better and in what they are measured', () => {
    expect(metricCatalogue([1, 5]).map(({ name, better, unit }) => `${name} ${better} ${unit}`)).toEqual([
      ...['retrieval.recall@1 higher share', 'retrieval.recall@5 higher share', 'retrieval.mrr higher share'],
      ...['retrieval.ndcg@10 higher share', 'answer.exact_match higher share', 'answer.f1 higher share'],
      ...[
        'answer.contains higher share',
        'answer.groundedness higher share',
        'refusal.accuracy higher share',
      ],
      ...['refusal.rate_answerable lower share', 'latency.p50 lower ms', 'latency.p95 lower ms'],
    ]);
  });

  test('have titles of their own, or the one that a report has kept', () => {
    const titles = metricCatalogue([1, 25]).map((metric) => render(metricTitle(metric), 'en'));
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.every((title) => title !== '' && !/[{}]/.test(title))).toBe(true);
    expect(titles[1]).toContain('25');
    expect(metricTitle({ name: 'tides', title: 'Tides' })).toBe('Tides');
    for (const name of ['tides', 'xretrieval.recall@5', 'retrieval.recall@5x'])
      expect(metricTitle({ name })).toBe(name);
  });

  test('need ten passages, or as many as the deepest of them', () => {
    expect([[1, 5], [], [20, 3]].map(retrievalDepth)).toEqual([10, 10, 20]);
  });
});
