import type { Language } from '../../core/language.ts';
import { metricCatalogue, type MetricInfo } from '../metrics/catalogue.ts';
import type { EvaluationReport, MetricResult, QuestionResult } from '../../contract/evaluation-report.ts';
import { percentileInterval, ratioInterval, type Interval } from '../statistics/interval.ts';
import { sortedQuantile } from '../statistics/quantile.ts';
import { resampleQuantile } from '../statistics/resample-quantile.ts';
import { ratio, ratioSample } from '../statistics/sample.ts';
import { randomFor } from '../statistics/seed.ts';
import { compare, type Pairing } from './compare.ts';
import { hasLatency, quantileOf, ratioParts } from './contribution.ts';

export type ScoreSettings = EvaluationReport['settings'];

/** Every metric over all questions and, where there are several languages, by language. */
export function measure(
  items: readonly QuestionResult[],
  pairing: Pairing | undefined,
  settings: ScoreSettings,
): MetricResult[] {
  const found = languagesOf(items);
  const scopes: (Language | undefined)[] = found.length > 1 ? [undefined, ...found] : [undefined];
  return scopes.flatMap((language) =>
    metricCatalogue(settings.k).map((metric) => measureOne(metric, language, items, pairing, settings)),
  );
}

export function languagesOf(items: readonly QuestionResult[]): Language[] {
  return (['en', 'zh', 'und'] as const).filter((language) =>
    items.some((item) => item.language === language),
  );
}

/** One metric over the questions of one language, or over all. */
export function measureOne(
  metric: MetricInfo,
  language: Language | undefined,
  items: readonly QuestionResult[],
  pairing: Pairing | undefined,
  settings: ScoreSettings,
): MetricResult {
  const chosen = items.filter((item) => language === undefined || item.language === language);
  const live = pairing && compare(metric, language, pairing, settings);
  return {
    name: metric.name,
    ...(language !== undefined && { language }),
    better: metric.better,
    unit: metric.unit,
    ...estimate(metric, chosen, settings, language ?? 'all'),
    ...(live && {
      live: {
        figure: live.live,
        difference: live.difference,
        ...bounds(percentileInterval(live.distribution, settings.confidence)),
        questions: live.questions,
      },
    }),
  };
}

type Estimate = Pick<MetricResult, 'figure' | 'questions' | 'clusters' | 'low' | 'high' | 'method'>;

const nothing: Estimate = { figure: null, questions: 0, clusters: 0, low: null, high: null, method: null };

function estimate(
  metric: MetricInfo,
  items: readonly QuestionResult[],
  settings: ScoreSettings,
  scope: string,
): Estimate {
  const random = randomFor(settings.seed, `interval ${metric.name} ${scope}`);
  const quantile = quantileOf(metric.name);
  if (quantile !== undefined) {
    const values = Float64Array.from(items.filter(hasLatency), (item) => item.latency);
    if (values.length === 0) return nothing;
    const distribution = resampleQuantile(values, quantile, settings.resamples, random);
    const figure = sortedQuantile(values.toSorted(), quantile);
    const interval = percentileInterval(distribution, settings.confidence);
    return { figure, questions: values.length, clusters: values.length, ...interval };
  }
  const parts = ratioParts(metric.name, items) ?? [];
  if (parts.length === 0) return nothing;
  const sample = ratioSample(parts);
  const interval = ratioInterval(sample, { ...settings, questions: parts.length }, random);
  return { figure: ratio(sample), questions: parts.length, clusters: sample.numerators.length, ...interval };
}

function bounds({ low, high }: Interval): { low: number; high: number } {
  return { low, high };
}
