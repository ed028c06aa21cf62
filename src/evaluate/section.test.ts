import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sectionContext, worded } from '../project/testing/section-context.ts';
import { evaluateSection } from './section.ts';

const line = (id: string, question: string): string =>
  `${JSON.stringify({ id, language: 'en', question, answers: ['x'], passage: { source: 'a.md', text: 'x y' } })}\n`;

describe('the evaluate section', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-evaluate-'));
    await mkdir(join(dir, 'suite'));
    await writeFile(join(dir, 'suite/en.jsonl'), line('a', 'What is it?'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const check = async (value: unknown): Promise<[string, string, string | undefined][]> => {
    const settings = evaluateSection.schema.parse(value);
    const problems = worded(await evaluateSection.check?.(settings, await sectionContext(dir)));
    return problems.map(({ path, message, accepted }) => [path.join('.'), message, accepted]);
  };
  const gate = (fields: object) => check({ suites: ['suite/en.jsonl'], gates: [fields] });

  test('has defaults for everything', () => {
    expect(evaluateSection.schema.parse(undefined)).toEqual({
      suites: [],
      gates: [],
      bootstrap: { resamples: 10_000, seed: 7 },
      k: [1, 5],
    });
  });

  test('finds nothing wrong with the documented example', async () => {
    const gates = [
      { metric: 'retrieval.recall@5', min: 0.95 },
      { metric: 'answer.f1', language: 'en', min: 0.4 },
      { metric: 'refusal.accuracy', not_worse_than: 'live', margin: 0.02 },
      { metric: 'latency.p95', max: 2000 },
    ];
    expect(await check({ suites: ['suite/en.jsonl'], gates })).toEqual([]);
  });

  test.each([
    [{ metric: 'answer.f2', min: 0.4 }, 'metric', /unknown metric "answer.f2"; did you mean answer.f1\?/],
    [{ metric: 'retrieval.recall@3', min: 0.4 }, 'metric', /recall@3 is not computed/],
    [{ metric: 'answer.f1' }, undefined, /no rule/],
    [
      { metric: 'answer.f1', min: 0.4, not_worse_than: 'live' },
      undefined,
      /several rules \(min, not_worse_than\)/,
    ],
    [{ metric: 'answer.f1', min: 95 }, 'min', /can never be a bound/],
    [{ metric: 'answer.f1', max: 0.5 }, 'max', /would refuse the better candidate/],
    [{ metric: 'latency.p95', max: 0 }, 'max', /no bound of latency/],
    [{ metric: 'answer.f1', min: 0.4, margin: 0.1 }, 'margin', /belongs to not_worse_than/],
    [{ metric: 'answer.f1', min: 0.4, language: 'zh' }, 'language', /no suite has a question in zh/],
  ])('explains what is wrong with %j', async (fields, field, message) => {
    const found = await gate(fields);
    expect(found).toHaveLength(1);
    expect(found[0]?.[0]).toBe(
      ['evaluate', 'gates', 0, field].filter((part) => part !== undefined).join('.'),
    );
    expect(found[0]?.[1]).toMatch(message);
  });

  test.each<[object, ...[string | undefined, string, string | undefined][]]>([
    [
      { metric: 'answer.f2', min: 0.4 },
      [
        'metric',
        'unknown metric "answer.f2"; did you mean answer.f1?',
        expect.stringMatching(/^retrieval\.recall@1, .*latency\.p95$/) as string,
      ],
    ],
    [
      { metric: 'tides', min: 0.4 },
      ['metric', 'unknown metric "tides"', expect.stringContaining('latency.p95') as string],
    ],
    [
      { metric: 'retrieval.recall@25', min: 0.4 },
      ['metric', 'retrieval.recall@25 is not computed', 'a depth listed in evaluate.k: add 25 there'],
    ],
    [
      { metric: 'xretrieval.recall@3', min: 0.4 },
      [
        'metric',
        'unknown metric "xretrieval.recall@3"; did you mean retrieval.recall@1?',
        expect.any(String) as string,
      ],
    ],
    [
      { metric: 'retrieval.recall@3x', min: 0.4 },
      [
        'metric',
        'unknown metric "retrieval.recall@3x"; did you mean retrieval.recall@1?',
        expect.any(String) as string,
      ],
    ],
    [{ metric: 'answer.f1' }, [undefined, 'the gate has no rule', 'exactly one of min, max, not_worse_than']],
    [
      { metric: 'answer.f1', min: 0.4, not_worse_than: 'live' },
      [
        ...[undefined, 'the gate has several rules (min, not_worse_than)'],
        'exactly one of min, max, not_worse_than',
      ] as [undefined, string, string],
    ],
    [
      { metric: 'answer.f1', min: 0.4, margin: 0 },
      ['margin', 'margin belongs to not_worse_than', 'not_worse_than: live'],
    ],
    [
      { metric: 'answer.f1', min: 95 },
      ['min', '95 can never be a bound of answer.f1', 'a share from 0 to 1, here perhaps 0.95'],
    ],
    [
      { metric: 'answer.f1', min: 100 },
      ['min', '100 can never be a bound of answer.f1', 'a share from 0 to 1, here perhaps 1'],
    ],
    [
      { metric: 'answer.f1', min: 101 },
      ['min', '101 can never be a bound of answer.f1', 'a share from 0 to 1'],
    ],
    [
      { metric: 'answer.f1', min: -0.1 },
      ['min', '-0.1 can never be a bound of answer.f1', 'a share from 0 to 1'],
    ],
    [
      { metric: 'refusal.rate_answerable', min: 0.1 },
      [
        'min',
        'refusal.rate_answerable is better when lower, so min would refuse the better candidate',
        'max',
      ],
    ],
    [
      { metric: 'answer.f1', max: 0.1 },
      ['max', 'answer.f1 is better when higher, so max would refuse the better candidate', 'min'],
    ],
    [{ metric: 'latency.p95', max: 0 }, ['max', '0 ms is no bound of latency.p95', 'milliseconds above 0']],
  ])('says what is wrong with %j and what would be right', async (fields, ...expected) => {
    const path = (field: string | undefined) => `evaluate.gates.0${field === undefined ? '' : `.${field}`}`;
    expect(await gate(fields)).toEqual(expected.map(([field, ...said]) => [path(field), ...said]));
  });

  test.each([
    { metric: 'answer.f1', min: 0 },
    { metric: 'answer.f1', min: 1 },
    { metric: 'latency.p50', max: 0.5 },
    { metric: 'latency.p50', max: 5000 },
    { metric: 'refusal.rate_answerable', max: 0.1 },
    { metric: 'answer.f1', not_worse_than: 'live' },
    { metric: 'answer.f1', not_worse_than: 'live', margin: 0 },
    { metric: 'answer.f1', min: 0.4, language: 'en' },
  ])('finds nothing wrong with %j', async (fields) => {
    expect(await gate(fields)).toEqual([]);
  });

  test('names a depth that is listed twice', async () => {
    expect(await check({ k: [1, 5, 1, 5] })).toEqual([['evaluate.k', '1 is listed twice', undefined]]);
  });

  test('shows twenty problems of a suite and counts the rest', async () => {
    const suites = ['suite/bad.jsonl'];
    await writeFile(join(dir, 'suite/bad.jsonl'), 'x\n'.repeat(20));
    expect(await check({ suites })).toHaveLength(20);
    await writeFile(join(dir, 'suite/bad.jsonl'), 'x\n'.repeat(22));
    const found = await check({ suites });
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toEqual(['evaluate.suites.0', 'suite/bad.jsonl: 2 more problems', undefined]);
  });

  test('looks for questions in a gate’s language in every suite, and not while one cannot be read', async () => {
    const gates = [{ metric: 'answer.f1', min: 0, language: 'zh' }];
    const suites = ['suite/en.jsonl', 'suite/zh.jsonl'];
    expect(await check({ suites, gates })).toEqual([
      ['evaluate.suites.1', 'suite/zh.jsonl: it is not there', 'a file in the project folder'],
    ]);
    const chinese = { id: 'z', language: 'zh', question: '几点？', answers: [] };
    await writeFile(join(dir, 'suite/zh.jsonl'), JSON.stringify(chinese));
    expect(await check({ suites, gates })).toEqual([]);
    expect(await check({ gates })).toEqual([
      [
        'evaluate.gates',
        'there are gates but no suite to measure them on',
        'at least one file under evaluate.suites',
      ],
    ]);
  });

  test('accepts only live to compare with, and no unknown keys', () => {
    const parse = (value: unknown) => evaluateSection.schema.safeParse(value).success;
    expect(parse({ gates: [{ metric: 'answer.f1', not_worse_than: 'r3' }] })).toBe(false);
    expect(parse({ suits: [] })).toBe(false);
    expect(parse({ bootstrap: { resamples: 10 } })).toBe(false);
  });

  test('reports missing suites, suites outside the project, and gates without a suite', async () => {
    expect(
      await check({ suites: ['suite/fr.jsonl', '../x.jsonl', 'suite/en.jsonl', 'suite/en.jsonl'] }),
    ).toEqual([
      ['evaluate.suites.0', 'suite/fr.jsonl: it is not there', 'a file in the project folder'],
      [
        'evaluate.suites.1',
        `../x.jsonl leads out of the project folder, to ${join(dir, '../x.jsonl')}`,
        'a path in the project folder, or one that you trust the project with',
      ],
      ['evaluate.suites.3', 'suite/en.jsonl is listed twice', undefined],
    ]);
    expect((await check({ gates: [{ metric: 'answer.f1', min: 0 }] }))[0]?.[1]).toMatch(
      /no suite to measure them on/,
    );
  });

  test('reports the problems inside suites, by file and line', async () => {
    await writeFile(join(dir, 'suite/b.jsonl'), `${line('a', 'Again?')}${line('b', ' ')}`);
    expect(await check({ suites: ['suite/en.jsonl', 'suite/b.jsonl'] })).toEqual([
      ['evaluate.suites.1', 'suite/b.jsonl:2: "question" is empty', undefined],
      ['evaluate.suites.1', 'suite/b.jsonl:1: id "a" is already used at suite/en.jsonl:1', undefined],
    ]);
  });

  test('becomes a JSON Schema with a description on every field', () => {
    const schema = z.toJSONSchema(evaluateSection.schema, { io: 'input' }) as {
      properties: Record<string, { description?: string }>;
    };
    expect(Object.values(schema.properties).every((property) => property.description)).toBe(true);
  });
});
