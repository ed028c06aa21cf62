import type { Language } from '../../core/language.ts';
import type { MetricInfo } from '../metrics/catalogue.ts';
import type { EvaluationReport, QuestionResult } from '../../contract/evaluation-report.ts';
import { sortedQuantile } from '../statistics/quantile.ts';
import { resampleQuantileDifference } from '../statistics/resample-quantile.ts';
import { resampleDifference } from '../statistics/resample.ts';
import { alignedSamples, ratio } from '../statistics/sample.ts';
import { randomFor } from '../statistics/seed.ts';
import { hasLatency, quantileOf, ratioParts } from './contribution.ts';

/** The candidate's and the live release's results on the same questions, in the same order. */
export interface Pairing {
  readonly candidate: readonly QuestionResult[];
  readonly live: readonly QuestionResult[];
}

export interface Comparison {
  readonly candidate: number;
  readonly live: number;
  /** Candidate minus live. */
  readonly difference: number;
  /** Bootstrap distribution of the difference, sorted; pairs are drawn together, by document. */
  readonly distribution: Float64Array;
  readonly questions: number;
}

/** Compares a metric question by question; undefined when no shared question measures it for both. */
export function compare(
  metric: MetricInfo,
  language: Language | undefined,
  pairing: Pairing,
  settings: EvaluationReport['settings'],
): Comparison | undefined {
  const places = Array.from(pairing.candidate.keys()).filter(
    (at) => language === undefined || pairing.candidate[at]?.language === language,
  );
  const candidate = pick(pairing.candidate, places);
  const live = pick(pairing.live, places);
  const random = randomFor(settings.seed, `compare ${metric.name} ${language ?? 'all'}`);
  const quantile = quantileOf(metric.name);
  return quantile === undefined
    ? compareRatios(metric.name, candidate, live, settings.resamples, random)
    : compareQuantiles(quantile, candidate, live, settings.resamples, random);
}

function pick<T>(items: readonly T[], places: readonly number[]): T[] {
  return places.flatMap((at) => {
    const item = items[at];
    return item === undefined ? [] : [item];
  });
}

function compareRatios(
  metric: string,
  candidate: readonly QuestionResult[],
  live: readonly QuestionResult[],
  resamples: number,
  random: () => number,
): Comparison | undefined {
  const lists = [ratioParts(metric, candidate) ?? [], ratioParts(metric, live) ?? []];
  const [a, b] = alignedSamples(lists);
  if (!a || !b || lists.some((parts) => parts.length === 0)) return undefined;
  const distribution = resampleDifference(a, b, resamples, random);
  const figures = { candidate: ratio(a), live: ratio(b) };
  const questions = Math.min(...lists.map((parts) => parts.length));
  return { ...figures, difference: figures.candidate - figures.live, distribution, questions };
}

function compareQuantiles(
  p: number,
  candidate: readonly QuestionResult[],
  live: readonly QuestionResult[],
  resamples: number,
  random: () => number,
): Comparison | undefined {
  const pairs = candidate.flatMap((item, at) => {
    const other = live[at];
    return other && hasLatency(item) && hasLatency(other) ? [[item.latency, other.latency] as const] : [];
  });
  if (pairs.length === 0) return undefined;
  const a = Float64Array.from(pairs, ([latency]) => latency);
  const b = Float64Array.from(pairs, ([, latency]) => latency);
  const distribution = resampleQuantileDifference(a, b, p, resamples, random);
  const figures = { candidate: sortedQuantile(a.toSorted(), p), live: sortedQuantile(b.toSorted(), p) };
  return { ...figures, difference: figures.candidate - figures.live, distribution, questions: pairs.length };
}
