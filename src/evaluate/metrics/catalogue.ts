import { say, type Message, type Text } from '../../core/messages/message.ts';

/** What a metric is, apart from how it is computed. */
export interface MetricInfo {
  /** As gates name it: `retrieval.recall@5`. */
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** Shares run from 0 to 1. */
  readonly unit: 'share' | 'ms';
}

const share = (name: string, better: 'higher' | 'lower' = 'higher'): MetricInfo => ({
  name,
  better,
  unit: 'share',
});

const milliseconds = (name: string): MetricInfo => ({
  name,
  better: 'lower',
  unit: 'ms',
});

const titles: Readonly<Record<string, Message>> = {
  'retrieval.mrr': say('metric.mrr'),
  'retrieval.ndcg@10': say('metric.ndcg'),
  'answer.exact_match': say('metric.exact-match'),
  'answer.f1': say('metric.f1'),
  'answer.contains': say('metric.contains'),
  'answer.groundedness': say('metric.groundedness'),
  'refusal.accuracy': say('metric.refusal-accuracy'),
  'refusal.rate_answerable': say('metric.refusal-rate'),
  'latency.p50': say('metric.p50'),
  'latency.p95': say('metric.p95'),
};

function titleOf(name: string): Message | undefined {
  const depth = /^retrieval\.recall@(\d+)$/.exec(name)?.[1];
  return depth === undefined ? titles[name] : say('metric.recall', { depth });
}

/** What a metric of a report says; one of another version keeps the title that was written then. */
export function metricTitle({
  name,
  title,
}: {
  readonly name: string;
  readonly title?: string | undefined;
}): Text {
  return titleOf(name) ?? title ?? name;
}

/** Every metric of an evaluation, in the order of the report. */
export function metricCatalogue(k: readonly number[]): MetricInfo[] {
  return [
    ...k.map((depth) => share(`retrieval.recall@${String(depth)}`)),
    share('retrieval.mrr'),
    share('retrieval.ndcg@10'),
    share('answer.exact_match'),
    share('answer.f1'),
    share('answer.contains'),
    share('answer.groundedness'),
    share('refusal.accuracy'),
    share('refusal.rate_answerable', 'lower'),
    milliseconds('latency.p50'),
    milliseconds('latency.p95'),
  ];
}

/** Passages that the answer step must retrieve for these metrics. */
export function retrievalDepth(k: readonly number[]): number {
  return Math.max(10, ...k);
}
