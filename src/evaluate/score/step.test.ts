import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBytes } from '../../core/digest.ts';
import { saidIn, type TowpathError } from '../../core/errors/towpath-error.ts';
import { seededRandom } from '../../core/random.ts';
import type { SuiteQuestion } from '../../contract/suite.ts';
import type { StepContext, StepKind } from '../../flow/step.ts';
import { readAnswers, writeAnswers } from '../../contract/answers-artifact.ts';
import { gateStep } from '../gates/step.ts';
import { reportPages } from '../report/pages.ts';
import { reportFormat } from '../../contract/evaluation-report.ts';
import type { Gate } from '../section.ts';
import { handbook } from '../testing/handbook.ts';
import { scoreStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

describe('the steps evaluate.score and evaluate.gate', () => {
  let dir: string;
  const { suites, answers } = handbook({ perLanguage: 10, skill: 0.8, seed: 2 });
  const questions: SuiteQuestion[] = suites
    .flatMap((suite) => suite.questions)
    .map(({ id, language, question, answers: accepted, passage }) => ({
      id,
      language,
      question,
      answers: accepted,
      ...(passage && { passage }),
    }));
  const suiteText = questions.map((each) => `${JSON.stringify(each)}\n`).join('');

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-score-'));
    await mkdir(join(dir, 'suite'));
    await writeFile(join(dir, 'suite/all.jsonl'), suiteText);
    await writeAnswers(join(dir, 'answers'), { answers: answers.answers, questions, suites: [] });
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function run<P>(
    step: StepKind<P>,
    params: unknown,
    io: Pick<StepContext<P>, 'inputs' | 'outputs'>,
  ): Promise<unknown> {
    return await step.run({
      ...io,
      params: step.params.parse(params),
      scratch: dir,
      projectDir: dir,
      keepDir: dir,
      random: seededRandom(1),
      cores: 1,
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: () => undefined,
    });
  }

  const score = (gates: Gate[], extra: object = {}, inputs: Record<string, string> = {}) =>
    run(
      scoreStep,
      {
        suites: [{ path: 'suite/all.jsonl', digest: digestBytes(suiteText) }],
        gates,
        bootstrap: { resamples: 1000, seed: 7 },
        k: [1, 5],
        ...extra,
      },
      {
        inputs: stepInputs({ answers: join(dir, 'answers'), ...inputs }),
        outputs: { report: join(dir, 'report') },
      },
    );
  const gate = () =>
    run(
      gateStep,
      {},
      {
        inputs: stepInputs({ report: join(dir, 'report') }),
        outputs: { verdict: join(dir, 'verdict.json') },
      },
    );

  test('write a report that reads back and can be drawn, and let it through', async () => {
    const facts = await score([{ metric: 'retrieval.recall@5', min: 0.5 }]);
    expect(facts).toMatchObject({ verdict: 'passed', questions: 20, gates: 1, failed: 0 });
    const report = await reportFormat.read(join(dir, 'report'));
    expect(report.items).toHaveLength(20);
    const pages = reportPages(report);
    expect(pages['report.md']).toMatch(/^## Evaluation passed: all 1 gates/);
    expect(pages['report.html']).toMatch(/^<!doctype html>/);
    await gate();
    expect(JSON.parse(await readFile(join(dir, 'verdict.json'), 'utf8'))).toEqual({
      verdict: 'passed',
      gates: 1,
    });
  });

  test('compare with the live release under its name', async () => {
    await score([], { live: { release: 'r4' } }, { live_answers: join(dir, 'answers') });
    expect((await reportFormat.read(join(dir, 'report'))).live).toEqual({ release: 'r4', shared: 20 });
  });

  test('stop a failed gate with exit code 3, naming metric, figure, bound and worst questions', async () => {
    await score([{ metric: 'answer.f1', language: 'en', min: 0.99 }]);
    const error: unknown = await gate().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOW_EVALUATE_GATE_FAILED', exitCode: 3 });
    const { message } = error as Error;
    expect(message).toMatch(/answer\.f1 \(en\): 0\.\d{3} must be at least 0\.990/);
    expect(message).toMatch(/en-\d+ \(suite\/all\.jsonl:\d+\) Which port/);
    expect(message).toMatch(/answered: .+\n +accepted: 74\d\d/);
    expect(saidIn((error as TowpathError).toRecord(), 'zh').message).toMatch(
      /^有一道门槛未通过\n {2}answer\.f1（en）：0\.\d{3}，应当不低于 0\.990\n {4}en-\d+（suite\/all\.jsonl:\d+）.+\n {6}回答：.+\n {6}可接受：74\d\d/,
    );
  });

  test('refuse a suite edited since the run was planned', async () => {
    await writeFile(join(dir, 'suite/all.jsonl'), `${suiteText}\n`);
    await expect(score([])).rejects.toMatchObject({ code: 'TOW_EVALUATE_SUITE_CHANGED' });
  });

  test('refuse a damaged report', async () => {
    await mkdir(join(dir, 'report'));
    await writeFile(join(dir, 'report/report.json'), '{"schema": 1}');
    await expect(gate()).rejects.toMatchObject({ code: 'TOW_EVALUATE_REPORT_INVALID' });
  });

  test('answers read back as written, and damage is named by line', async () => {
    const folder = join(dir, 'answers');
    expect((await readAnswers(folder)).answers).toEqual(answers.answers);
    const path = join(folder, 'answers.jsonl');
    const [first = ''] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${first}\n${first}\n`);
    await expect(readAnswers(folder)).rejects.toMatchObject({
      code: 'TOW_EVALUATE_ANSWERS_INVALID',
      where: 'answers.jsonl:2',
    });
    await writeFile(path, `${first}\n{"id": 1}\n`);
    await expect(readAnswers(folder)).rejects.toMatchObject({ where: 'answers.jsonl:2' });
  });
});
