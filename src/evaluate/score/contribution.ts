import { ndcgAt, recallAt, reciprocalRank } from '../metrics/retrieval.ts';
import type { QuestionResult } from '../../contract/evaluation-report.ts';
import type { RatioPart } from '../statistics/sample.ts';

/** What a question adds to a metric that is a ratio: numerator and denominator, or nothing when it does not count. */
type Contribution = (item: QuestionResult) => readonly [numerator: number, denominator: number] | undefined;

const answerable =
  (score: (item: QuestionResult) => number): Contribution =>
  (item) =>
    item.shouldDecline ? undefined : [score(item), 1];

const byName: Readonly<Record<string, Contribution>> = {
  'retrieval.mrr': answerable((item) => reciprocalRank(item.rank ?? undefined)),
  'retrieval.ndcg@10': answerable((item) => ndcgAt(10, item.rank ?? undefined)),
  'answer.exact_match': answerable((item) => item.exactMatch),
  'answer.f1': answerable((item) => item.f1),
  'answer.contains': answerable((item) => item.contains),
  'answer.groundedness': (item) => (item.sentences === 0 ? undefined : [item.supported, item.sentences]),
  'refusal.accuracy': (item) => (item.shouldDecline ? [item.declined ? 1 : 0, 1] : undefined),
  'refusal.rate_answerable': answerable((item) => (item.declined ? 1 : 0)),
};

function contributionOf(metric: string): Contribution | undefined {
  const depth = /^retrieval\.recall@(\d+)$/.exec(metric)?.[1];
  if (depth !== undefined) return answerable((item) => recallAt(Number(depth), item.rank ?? undefined));
  return byName[metric];
}

/** The parts of a ratio metric, clustered by document; undefined when the metric is no ratio. */
export function ratioParts(metric: string, items: readonly QuestionResult[]): RatioPart[] | undefined {
  const contribution = contributionOf(metric);
  return (
    contribution &&
    items.flatMap((item) => {
      const part = contribution(item);
      return part ? [{ cluster: clusterOf(item), numerator: part[0], denominator: part[1] }] : [];
    })
  );
}

/** Questions about one document succeed and fail together; one without a document stands alone. */
function clusterOf(item: QuestionResult): string {
  return item.source === undefined ? `question ${item.id}` : `document ${item.source}`;
}

/** Which quantile a latency metric is. */
export function quantileOf(metric: string): number | undefined {
  const percent = /^latency\.p(\d+)$/.exec(metric)?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}

/** Latencies count where an answer came; a failure is fast for the wrong reason. */
export function hasLatency(item: QuestionResult): boolean {
  return item.error === undefined;
}

/** How well one question did by a metric, higher is better; undefined when the question does not count. */
export function goodness(metric: string, item: QuestionResult): number | undefined {
  if (quantileOf(metric) !== undefined) return hasLatency(item) ? -item.latency : undefined;
  const part = contributionOf(metric)?.(item);
  if (!part) return undefined;
  const share = part[0] / part[1];
  return metric === 'refusal.rate_answerable' ? 1 - share : share;
}
