import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import type { SuiteAnswer } from '../../contract/suite.ts';
import type { Answers } from '../../contract/answers-artifact.ts';
import {
  reasonOf,
  type EvaluationReport,
  type GateResult,
  type MetricResult,
} from '../../contract/evaluation-report.ts';
import type { Gate } from '../section.ts';
import { handbook } from '../testing/handbook.ts';
import { evaluate } from './evaluate.ts';

const bootstrap = { resamples: 2000, seed: 7 };
const candidate = handbook({ perLanguage: 30, skill: 0.9, seed: 1 });

function run(gates: Gate[], live?: Answers, answers = candidate.answers): EvaluationReport {
  return evaluate({
    suites: candidate.suites,
    answers,
    live: live && { release: 'r1', answers: live },
    settings: { gates, bootstrap, k: [5, 1] },
  });
}

const said = (gate: GateResult | undefined): string | undefined => gate && render(reasonOf(gate), 'en');

function metric(report: EvaluationReport, name: string, language?: string): MetricResult {
  const found = report.metrics.find((each) => each.name === name && each.language === language);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** The candidate's answers with some replaced. */
function changed(change: (answer: SuiteAnswer, at: number) => Partial<SuiteAnswer>): Answers {
  const answers = candidate.answers.answers.map((answer, at) => ({ ...answer, ...change(answer, at) }));
  return { ...candidate.answers, answers };
}

describe('evaluate', () => {
  test('gives the same report for the same input', () => {
    const gates: Gate[] = [{ metric: 'answer.f1', not_worse_than: 'live' }];
    expect(run(gates, candidate.answers)).toEqual(run(gates, candidate.answers));
  });

  test('measures over all questions and by language, figures that its own items bear out', () => {
    const report = run([]);
    const answerable = report.items.filter((item) => !item.shouldDecline);
    const f1 = answerable.reduce((sum, item) => sum + item.f1, 0) / answerable.length;
    expect(metric(report, 'answer.f1').figure).toBeCloseTo(f1, 12);
    expect(metric(report, 'answer.f1').questions).toBe(48);
    expect(metric(report, 'answer.f1').clusters).toBe(7);
    expect(metric(report, 'refusal.accuracy', 'en').questions).toBe(6);
    expect(report.languages).toEqual(['en', 'zh']);
    for (const each of report.metrics) {
      expect(each.low).toBeLessThanOrEqual(each.figure ?? NaN);
      expect(each.high).toBeGreaterThanOrEqual(each.figure ?? NaN);
    }
  });

  test('counts a failure of the service against answers and refusals alike', () => {
    const report = run(
      [],
      undefined,
      changed(() => ({ error: 'timed out', declined: true })),
    );
    expect(report.questions.failed).toBe(60);
    expect(metric(report, 'refusal.accuracy').figure).toBe(0);
    expect(metric(report, 'refusal.rate_answerable').figure).toBe(0);
    expect(metric(report, 'answer.f1').figure).toBe(0);
    expect(metric(report, 'latency.p50').figure).toBeNull();
    expect(metric(report, 'answer.groundedness').figure).toBeNull();
  });

  test('counts refusals four ways', () => {
    const report = run(
      [],
      undefined,
      changed(() => ({ declined: true })),
    );
    expect(report.refusals[0]).toEqual({
      declinedRightly: 12,
      declinedWrongly: 48,
      answeredWrongly: 0,
      answeredRightly: 0,
      precision: 0.2,
      recall: 1,
    });
  });

  test('refuses answers that leave a question out', () => {
    const answers = { ...candidate.answers, answers: candidate.answers.answers.slice(1) };
    expect(() => run([], undefined, answers)).toThrow(
      expect.objectContaining({
        code: 'TOW_EVALUATE_ANSWERS_INVALID',
        message: expect.stringContaining('en-1') as string,
      }),
    );
  });

  test('passes without suites and gates, with every figure absent', () => {
    const empty = { meta: candidate.answers.meta, answers: [] };
    const report = evaluate({ suites: [], answers: empty, settings: { gates: [], bootstrap, k: [1] } });
    expect(report.verdict).toBe('passed');
    expect(report.metrics.every((each) => each.figure === null)).toBe(true);
  });

  test('compares only questions still asked in the same words', () => {
    const live = candidate.answers;
    const questions = Object.fromEntries(Object.entries(live.meta.questions).filter(([id]) => id !== 'en-1'));
    const report = run([], { ...live, meta: { ...live.meta, questions } });
    expect(report.live?.shared).toBe(59);
  });
});

describe('gates', () => {
  test('min and max look at the figure', () => {
    const report = run([
      { metric: 'retrieval.recall@5', min: 0.5 },
      { metric: 'answer.contains', min: 0.999 },
      { metric: 'latency.p95', max: 1 },
    ]);
    expect(report.gates.map((gate) => gate.passed)).toEqual([true, false, false]);
    expect(report.verdict).toBe('failed');
    expect(said(report.gates[1])).toMatch(/^0\.\d{3} must be at least 0\.999$/);
    expect(report.gates[1]?.worst[0]).toMatchObject({ score: 0, accepted: [expect.any(String)] });
    const slowest = Math.max(...report.items.map((item) => item.latency));
    expect(report.gates[2]?.worst[0]?.score).toBe(slowest);
  });

  test('a figure exactly at its bound passes', () => {
    const figure = metric(run([]), 'answer.contains').figure ?? NaN;
    expect(run([{ metric: 'answer.contains', min: figure }]).verdict).toBe('passed');
  });

  test('fail where there is no question to measure them on', () => {
    const report = evaluate({
      suites: candidate.suites.slice(0, 1),
      answers: candidate.answers,
      settings: { gates: [{ metric: 'answer.f1', language: 'zh', min: 0 }], bootstrap, k: [1] },
    });
    expect(report.gates[0]?.passed).toBe(false);
    expect(said(report.gates[0])).toBe('there is no question in zh to measure it on');
  });

  test('not_worse_than passes while there is no live release, and says so', () => {
    const [gate] = run([{ metric: 'answer.f1', not_worse_than: 'live' }]).gates;
    expect(gate?.passed).toBe(true);
    expect(said(gate)).toContain('no live release yet');
  });

  test('not_worse_than passes where the live release has no figure, and says so', () => {
    const none = { ...candidate.answers, meta: { ...candidate.answers.meta, questions: {} } };
    const failed = changed(() => ({ error: 'timed out' }));
    const silent = changed(() => ({ declined: true }));
    for (const [gate, live] of [
      // Every question was put into other words since.
      [{ metric: 'answer.f1', not_worse_than: 'live' }, none],
      [{ metric: 'answer.f1', language: 'zh', not_worse_than: 'live' }, none],
      // No answer came, or none that could be supported.
      [{ metric: 'latency.p95', not_worse_than: 'live' }, failed],
      [{ metric: 'answer.groundedness', not_worse_than: 'live' }, silent],
    ] as const) {
      const [result] = run([gate], live).gates;
      expect(result).toMatchObject({ passed: true, worst: [] });
      expect(said(result)).toMatch(/^passes: the live release has no figure.* to compare with$/);
      expect(result?.figure).not.toBeNull();
    }
  });

  test('not_worse_than fails where the live release has a figure and the candidate has none', () => {
    const silent = changed(() => ({ declined: true }));
    const [gate] = run(
      [{ metric: 'answer.groundedness', not_worse_than: 'live' }],
      candidate.answers,
      silent,
    ).gates;
    expect(gate?.passed).toBe(false);
    expect(said(gate)).toBe('there is no question to measure it on');
  });

  test('not_worse_than passes for the same answers, even with a margin of nought', () => {
    const report = run([{ metric: 'answer.contains', not_worse_than: 'live', margin: 0 }], candidate.answers);
    expect(report.gates[0]).toMatchObject({ passed: true, comparison: { improvement: 0, lower: 0 } });
  });

  test('not_worse_than fails for a clear loss and names the questions lost', () => {
    const worse = changed((answer, at) => (at % 3 === 0 ? { answer: 'Neptune.' } : answer));
    const [gate] = run(
      [{ metric: 'answer.contains', not_worse_than: 'live' }],
      candidate.answers,
      worse,
    ).gates;
    expect(gate?.passed).toBe(false);
    expect(gate?.comparison?.improvement).toBeLessThan(-0.2);
    expect(gate?.worst[0]).toMatchObject({ score: 0, live: 1, answer: 'Neptune.' });
  });

  test('not_worse_than reads metrics that are better when lower the right way round', () => {
    const declining = changed(() => ({ declined: true }));
    const gates: Gate[] = [{ metric: 'refusal.rate_answerable', not_worse_than: 'live' }];
    expect(run(gates, candidate.answers, declining).gates[0]?.passed).toBe(false);
    expect(run(gates, declining).gates[0]?.passed).toBe(true);
    const slow = changed(({ latency }) => ({ latency: latency * 2 }));
    const latency: Gate[] = [{ metric: 'latency.p95', not_worse_than: 'live' }];
    expect(run(latency, candidate.answers, slow).gates[0]?.passed).toBe(false);
    expect(run(latency, slow).gates[0]?.passed).toBe(true);
  });

  test('several comparisons share one level by Holm', () => {
    const names = ['answer.contains', 'answer.f1', 'retrieval.mrr'];
    const live = handbook({ perLanguage: 30, skill: 0.85, seed: 5 }).answers;
    const gates = names.map((name): Gate => ({ metric: name, not_worse_than: 'live', margin: 0.1 }));
    const found = run(gates, live).gates.flatMap(({ comparison }) => comparison ?? []);
    expect(found.map(({ level }) => level).toSorted((a, b) => a - b)).toEqual([0.05 / 3, 0.025, 0.05]);
    for (const { p, adjusted } of found) expect(adjusted).toBeGreaterThanOrEqual(p);
  });
});
