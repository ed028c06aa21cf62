/** What a metric is, apart from how it is computed. */
export interface MetricInfo {
  /** As gates name it: `retrieval.recall@5`. */
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** Shares run from 0 to 1. */
  readonly unit: 'share' | 'ms';
  /** What it says, for reports. */
  readonly title: string;
}

const share = (name: string, title: string, better: 'higher' | 'lower' = 'higher'): MetricInfo => ({
  name,
  better,
  unit: 'share',
  title,
});

const milliseconds = (name: string, title: string): MetricInfo => ({
  name,
  better: 'lower',
  unit: 'ms',
  title,
});

/** Every metric of an evaluation, in the order of the report. */
export function metricCatalogue(k: readonly number[]): MetricInfo[] {
  return [
    ...k.map((depth) =>
      share(`retrieval.recall@${String(depth)}`, `the passage is among the first ${String(depth)}`),
    ),
    share('retrieval.mrr', 'mean of 1 / rank of the passage'),
    share('retrieval.ndcg@10', 'discounted gain of the passage within the first 10'),
    share('answer.exact_match', 'the answer is an accepted one, word for word'),
    share('answer.f1', 'overlap of words (characters in Chinese) with the best accepted answer'),
    share('answer.contains', 'the answer holds an accepted one'),
    share('answer.groundedness', 'answer sentences that the cited passages support'),
    share('refusal.accuracy', 'questions without an answer that were declined'),
    share('refusal.rate_answerable', 'questions with an answer that were declined', 'lower'),
    milliseconds('latency.p50', 'half of the answers took at most'),
    milliseconds('latency.p95', '95 of 100 answers took at most'),
  ];
}

/** Passages that the answer step must retrieve for these metrics. */
export function retrievalDepth(k: readonly number[]): number {
  return Math.max(10, ...k);
}
