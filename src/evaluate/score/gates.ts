import { SaidError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { metricCatalogue, type MetricInfo } from '../metrics/catalogue.ts';
import type {
  GateResult,
  MetricResult,
  QuestionResult,
  WorstQuestion,
} from '../../contract/evaluation-report.ts';
import type { Gate } from '../section.ts';
import { holm } from '../statistics/holm.ts';
import { sortedQuantile } from '../statistics/quantile.ts';
import { formatFigure } from '../../contract/figure.ts';
import { compare, type Comparison, type Pairing } from './compare.ts';
import { goodness } from './contribution.ts';
import { measureOne, type ScoreSettings } from './metrics.ts';

const defaultMargin = { share: 0.02, ms: 0.1 } as const;

/** Questions listed with a gate. */
const worstShown = 5;

interface Judged {
  readonly gate: Gate;
  readonly metric: MetricInfo;
  readonly measured: MetricResult;
  /** Present when the gate compares and there is something to compare with. */
  readonly test?: Test | undefined;
}

interface Test {
  readonly comparison: Comparison;
  readonly margin: number;
  readonly p: number;
}

/**
 * Judges every gate. `min` and `max` look at the figure. `not_worse_than: live` is a one-sided test of "worse by the
 * margin or more" by paired bootstrap; over several such gates Holm keeps the chance that any worse metric passes
 * below the level.
 */
export function judge(
  gates: readonly Gate[],
  items: readonly QuestionResult[],
  measured: readonly MetricResult[],
  pairing: Pairing | undefined,
  settings: ScoreSettings,
): GateResult[] {
  const catalogue = metricCatalogue(settings.k);
  const judged = gates.map((gate): Judged => {
    const metric = catalogue.find((each) => each.name === gate.metric);
    if (!metric) throw new SaidError(say('gate.no-metric', { metric: gate.metric }));
    const known = measured.find((each) => each.name === gate.metric && each.language === gate.language);
    const test = gate.not_worse_than && pairing ? testOf(gate, metric, pairing, settings) : undefined;
    return {
      gate,
      metric,
      measured: known ?? measureOne(metric, gate.language, items, pairing, settings),
      test,
    };
  });
  const tests = judged.flatMap(({ test }) => test ?? []);
  const adjusted = holm(tests.map((test) => test.p));
  return judged.map((each) => {
    const shared = { ...base(each), worst: worstOf(each, items, pairing) };
    if (!each.gate.not_worse_than) return { ...shared, ...judgeBound(each) };
    if (!pairing) return { ...shared, ...withoutLive };
    if (!each.test)
      return hasFigure(each, pairing.live)
        ? { ...shared, passed: false, text: noQuestions(each) }
        : { ...shared, ...withoutFigure(each) };
    return { ...shared, ...judgeTest(each.metric, each.test, tests, adjusted, settings.level) };
  });
}

const withoutLive = {
  worst: [],
  passed: true,
  text: say('gate.no-live'),
};

/** Nothing can be worse than a figure that is not there; a gate that failed here would fail every run from now on. */
function withoutFigure({ gate }: Judged): Pick<GateResult, 'worst' | 'passed' | 'text'> {
  const { language } = gate;
  const text =
    language === undefined ? say('gate.no-live-figure') : say('gate.no-live-figure-in', { language });
  return { worst: [], passed: true, text };
}

/** Whether any of the questions counts for the gate's metric. */
function hasFigure({ gate, metric }: Judged, items: readonly QuestionResult[]): boolean {
  return items.some(
    (item) =>
      (gate.language === undefined || item.language === gate.language) &&
      goodness(metric.name, item) !== undefined,
  );
}

function testOf(gate: Gate, metric: MetricInfo, pairing: Pairing, settings: ScoreSettings): Test | undefined {
  const comparison = compare(metric, gate.language, pairing, settings);
  if (!comparison) return undefined;
  const share = gate.margin ?? defaultMargin[metric.unit];
  const margin = metric.unit === 'ms' ? share * comparison.live : share;
  const sign = metric.better === 'higher' ? 1 : -1;
  let worse = 0;
  for (const difference of comparison.distribution) {
    const improvement = sign * difference;
    // Nowhere worse passes even a margin of nought.
    if (improvement <= 1e-12 - margin && improvement < -1e-12) worse++;
  }
  return { comparison, margin, p: (1 + worse) / (1 + comparison.distribution.length) };
}

function base({ gate, metric, measured, test }: Judged): Omit<GateResult, 'passed' | 'text' | 'worst'> {
  const rule = gate.not_worse_than ? 'not_worse_than' : gate.min === undefined ? 'max' : 'min';
  const margin = test?.margin ?? gate.margin ?? defaultMargin[metric.unit];
  return {
    metric: gate.metric,
    ...(gate.language !== undefined && { language: gate.language }),
    rule,
    bound: gate.min ?? gate.max ?? -margin,
    figure: measured.figure,
    low: measured.low,
    high: measured.high,
  };
}

function judgeBound(judged: Judged): Pick<GateResult, 'passed' | 'text'> {
  const { gate, metric, measured } = judged;
  if (measured.figure === null) return { passed: false, text: noQuestions(judged) };
  const show = (value: number): string => formatFigure(value, metric.unit);
  const low = gate.min !== undefined && measured.figure < gate.min;
  const high = gate.max !== undefined && measured.figure > gate.max;
  const values = { figure: show(measured.figure), bound: show(gate.min ?? gate.max ?? NaN) };
  const passed = !low && !high;
  const text =
    gate.min === undefined
      ? say(passed ? 'gate.is-most' : 'gate.must-be-most', values)
      : say(passed ? 'gate.is-least' : 'gate.must-be-least', values);
  return { passed, text };
}

function judgeTest(
  metric: MetricInfo,
  test: Test,
  tests: readonly Test[],
  adjusted: readonly number[],
  overall: number,
): Pick<GateResult, 'passed' | 'text' | 'comparison'> {
  const at = tests.indexOf(test);
  const smaller = tests.filter(
    (other, place) => other.p < test.p || (other.p === test.p && place < at),
  ).length;
  const level = overall / (tests.length - smaller);
  const { comparison } = test;
  const lower =
    metric.better === 'higher'
      ? sortedQuantile(comparison.distribution, level)
      : -sortedQuantile(comparison.distribution, 1 - level);
  const improvement = metric.better === 'higher' ? comparison.difference : -comparison.difference;
  const passed = (adjusted[at] ?? 1) <= overall;
  const show = (value: number): string => formatFigure(value, metric.unit, true);
  const confidence = `${String(Math.round((1 - level) * 1000) / 10)}%`;
  return {
    passed,
    text: say(passed ? 'gate.not-worse' : 'gate.worse', {
      improvement: show(improvement),
      questions: comparison.questions,
      confidence,
      lower: show(lower),
      bound: show(-test.margin),
    }),
    comparison: {
      live: comparison.live,
      improvement,
      lower,
      level,
      p: test.p,
      adjusted: adjusted[at] ?? 1,
      questions: comparison.questions,
    },
  };
}

function noQuestions({ gate }: Judged): Message {
  const { language } = gate;
  return language === undefined ? say('gate.no-question') : say('gate.no-question-in', { language });
}

/** The questions that pull the metric down most; for a comparison, those that lost most against live. */
function worstOf(
  { gate, metric, test }: Judged,
  items: readonly QuestionResult[],
  pairing: Pairing | undefined,
): WorstQuestion[] {
  const liveOf = new Map(pairing?.candidate.map((item, at) => [item.id, pairing.live[at]]));
  const ceiling = metric.unit === 'ms' ? Infinity : 1;
  return items
    .filter((item) => gate.language === undefined || item.language === gate.language)
    .flatMap((item) => {
      const score = goodness(metric.name, item);
      const other = test && liveOf.get(item.id);
      const live = other && goodness(metric.name, other);
      if (score === undefined || (test && live === undefined)) return [];
      const bad = live === undefined ? score < ceiling : score < live;
      return bad ? [{ item, score, live, order: live === undefined ? score : score - live }] : [];
    })
    .sort((a, b) => a.order - b.order || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, worstShown)
    .map(({ item, score, live }) => ({
      id: item.id,
      file: item.file,
      line: item.line,
      language: item.language,
      question: item.question,
      answer: item.error === undefined ? item.answer : `(failed: ${item.error})`,
      accepted: item.accepted,
      score: natural(metric, score),
      ...(live !== undefined && { live: natural(metric, live) }),
    }));
}

/** Goodness back in the metric's own sense. */
function natural(metric: MetricInfo, value: number): number {
  if (metric.unit === 'ms') return -value;
  return metric.better === 'lower' ? 1 - value : value;
}
