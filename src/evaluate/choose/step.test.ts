import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { digestBytes } from '../../core/digest.ts';
import { seededRandom } from '../../core/random.ts';
import type { SuiteAnswer, SuiteQuestion } from '../../contract/suite.ts';
import { writeAnswers } from '../../contract/answers-artifact.ts';
import { reportPages } from '../report/pages.ts';
import { reportFormat } from '../../contract/evaluation-report.ts';
import { choiceFormat } from '../../contract/choice.ts';
import { chooseStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

const questions: SuiteQuestion[] = Array.from({ length: 40 }, (_, at) => ({
  ...{
    id: `q${String(at)}`,
    language: 'en',
    question: `What is number ${String(at)}?`,
    answers: ['forty two'],
  },
  passage: { source: `docs/${String(at)}.md`, text: 'forty two' },
}));
const suiteText = questions.map((each) => `${JSON.stringify(each)}\n`).join('');

/** Answers of which the first `right` are right. */
const answered = (right: number): SuiteAnswer[] =>
  questions.map(({ id }, at) => ({
    ...{ id, answer: at < right ? 'forty two' : 'something else', declined: false, latency: 1 },
    ...{ citations: [], retrieved: [] },
  }));

describe('evaluate.choose', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-choose-'));
    await writeFile(join(dir, 'suite.jsonl'), suiteText);
    await mkdir(join(dir, 'adapter'));
    await writeFile(join(dir, 'adapter', 'adapter.json'), '{"schema":1,"name":"tuned"}');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const run = async (untrained: number, trained: number, metric = 'answer.f1') => {
    await writeAnswers(join(dir, 'before'), { answers: answered(untrained), questions, suites: [] });
    await writeAnswers(join(dir, 'after'), { answers: answered(trained), questions, suites: [] });
    return await chooseStep.run({
      params: chooseStep.params.parse({
        ...{ job: 'tuned', metric, bootstrap: { resamples: 2000, seed: 7 }, k: [1] },
        suites: [{ path: 'suite.jsonl', digest: digestBytes(suiteText) }],
      }),
      inputs: stepInputs({
        untrained_answers: join(dir, 'before'),
        trained_answers: join(dir, 'after'),
        trained: join(dir, 'adapter'),
      }),
      outputs: Object.fromEntries(
        ['answers', 'part', 'choice'].map((name) => [name, join(dir, 'out', name)]),
      ),
      ...{ scratch: dir, projectDir: dir, keepDir: dir, random: seededRandom(1), cores: 1 },
      signal: new AbortController().signal,
      ...{ metric: () => undefined, progress: () => undefined, log: () => undefined },
    });
  };
  const part = () => readFile(join(dir, 'out', 'part', 'adapter.json'), 'utf8');
  const answers = () => readFile(join(dir, 'out', 'answers', 'answers.jsonl'), 'utf8');

  it('takes the trained model, its answers and its adapter when it is shown to be better', async () => {
    await run(10, 30);
    const choice = await choiceFormat.read(join(dir, 'out', 'choice'));
    expect(choice).toMatchObject({ chosen: 'trained', job: 'tuned', questions: 40 });
    expect(choice.improvement).toBeCloseTo(0.5, 6);
    expect(choice.low).toBeGreaterThan(0);
    expect(choice.text && render(choice.text, 'en')).toMatch(
      /^the model of job tuned is released: it is better .* answer\.f1 \+0\.500/,
    );
    expect(await part()).toContain('"tuned"');
    expect(await answers()).toBe(await readFile(join(dir, 'after', 'answers.jsonl'), 'utf8'));
    expect((await reportFormat.read(join(dir, 'out', 'choice'))).live?.release).toBe('the untrained model');
    expect(choice.text && render(choice.text, 'zh')).toMatch(
      /^发布作业 tuned 的模型：它优于未训练的模型，answer\.f1 \+0\.500（95% 区间 /,
    );
    const pages = reportPages(await reportFormat.read(join(dir, 'out', 'choice')));
    expect(pages['report.zh.md']).toContain('与上线发布 未训练的模型 在 40 个共同问题上比较');
  });

  it.each([
    ['worse', 30, 10],
    ['the same', 20, 20],
    ['a little better, which chance may explain', 20, 21],
  ])('keeps the untrained model when the trained one is %s', async (_, untrained, trained) => {
    await run(untrained, trained);
    const choice = await choiceFormat.read(join(dir, 'out', 'choice'));
    expect(choice.chosen).toBe('untrained');
    expect(choice.text && render(choice.text, 'en')).toMatch(
      /^the untrained model is released: .* not shown to be better/,
    );
    expect(JSON.parse(await part())).toEqual({ schema: 1, none: true });
    expect(await answers()).toBe(await readFile(join(dir, 'before', 'answers.jsonl'), 'utf8'));
  });

  it('says so when the metric measures nothing', async () => {
    await expect(run(10, 30, 'refusal.accuracy')).rejects.toMatchObject({
      code: 'TOW_EVALUATE_CHOICE_UNMEASURED',
    });
  });
});
