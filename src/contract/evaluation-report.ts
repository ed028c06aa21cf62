import { z } from 'zod';
import { digestSchema } from '../core/digest-schema.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { isMessage, say, type Message, type Text } from '../core/messages/message.ts';
import { choiceSchema } from './choice.ts';
import { jsonFormat } from './json-format.ts';

const language = z.enum(['en', 'zh', 'und']);
const figure = z.number().nullable();
const message = z.custom<Message>(isMessage).optional();
/** Why something is so, as `text`; reports of versions up to 0.1 had it in English, and those before that alone. */
const because = { reason: z.string().optional(), text: message };

const metric = z.object({
  name: z.string(),
  /** In English, in reports of versions up to 0.1. */
  title: z.string().optional(),
  /** Absent: over all questions. */
  language: language.optional(),
  better: z.enum(['higher', 'lower']),
  unit: z.enum(['share', 'ms']),
  /** Null when no question could be measured. */
  figure,
  /** Questions it was measured on. */
  questions: z.int(),
  /** Documents they are about: what the interval resamples. */
  clusters: z.int(),
  low: figure,
  high: figure,
  method: z.enum(['bca', 'percentile', 'exact']).nullable(),
  /** Against the live release, over the questions that both answered. */
  live: z
    .object({
      figure: z.number(),
      difference: z.number(),
      low: z.number(),
      high: z.number(),
      questions: z.int(),
    })
    .optional(),
});

const worst = z.object({
  id: z.string(),
  file: z.string(),
  line: z.int(),
  language,
  question: z.string(),
  answer: z.string(),
  accepted: z.array(z.string()),
  score: z.number(),
  /** What the live release scored. */
  live: z.number().optional(),
});

const gate = z.object({
  metric: z.string(),
  language: language.optional(),
  rule: z.enum(['min', 'max', 'not_worse_than']),
  /** The bound for min and max; minus the margin for not_worse_than, in the metric's unit. */
  bound: z.number(),
  figure,
  low: figure,
  high: figure,
  /** Absent for min and max, and while there is no live release. */
  comparison: z
    .object({
      live: z.number(),
      /** Improvement over live: positive is better, whichever way the metric runs. */
      improvement: z.number(),
      /** One-sided lower bound of the improvement at this gate's level. */
      lower: z.number(),
      /** 1 minus the confidence of `lower`: 0.05, or less where Holm asks for it. */
      level: z.number(),
      p: z.number(),
      adjusted: z.number(),
      questions: z.int(),
    })
    .optional(),
  passed: z.boolean(),
  /** The result in a sentence without a full stop. */
  ...because,
  worst: z.array(worst),
});

const item = z.object({
  id: z.string(),
  file: z.string(),
  line: z.int(),
  language,
  question: z.string(),
  accepted: z.array(z.string()),
  shouldDecline: z.boolean(),
  answer: z.string(),
  declined: z.boolean(),
  error: z.string().optional(),
  latency: z.number(),
  /** Source of the passage that holds the answer. */
  source: z.string().optional(),
  /** Rank from 1 of that passage; null when it was not retrieved. */
  rank: z.int().nullable(),
  exactMatch: z.number(),
  f1: z.number(),
  contains: z.number(),
  sentences: z.int(),
  supported: z.int(),
  unsupported: z.array(z.object({ sentence: z.string(), ...because })),
});

const refusals = z.object({
  language: language.optional(),
  /** Unanswerable and declined. */
  declinedRightly: z.int(),
  /** Answerable and declined. */
  declinedWrongly: z.int(),
  /** Unanswerable and answered. */
  answeredWrongly: z.int(),
  /** Answerable and answered. */
  answeredRightly: z.int(),
  precision: figure,
  recall: figure,
});

const fields = z.object({
  verdict: z.enum(['passed', 'failed']),
  suites: z.array(z.object({ path: z.string(), digest: digestSchema, questions: z.int() })),
  questions: z.object({ total: z.int(), answerable: z.int(), unanswerable: z.int(), failed: z.int() }),
  languages: z.array(language),
  live: z
    .object({
      release: z.string(),
      text: message,
      answers: digestSchema.optional(),
      /** Questions that both answered in the same words. */
      shared: z.int(),
    })
    .nullable(),
  choice: choiceSchema.optional(),
  settings: z.object({
    k: z.array(z.int()),
    resamples: z.int(),
    seed: z.int(),
    confidence: z.number(),
    /** Chance that a metric worse than its margin passes, over all comparisons with live. */
    level: z.number(),
  }),
  metrics: z.array(metric),
  gates: z.array(gate),
  refusals: z.array(refusals),
  items: z.array(item),
});

/** The whole outcome of an evaluation. */
export type EvaluationReport = z.infer<typeof fields>;
export type MetricResult = z.infer<typeof metric>;
export type GateResult = z.infer<typeof gate>;
export type WorstQuestion = z.infer<typeof worst>;
export type QuestionResult = z.infer<typeof item>;
export type RefusalCounts = z.infer<typeof refusals>;

/** Without a suite nothing was asked, and there is no figure. */
export function isEvaluated({ suites }: Pick<EvaluationReport, 'suites'>): boolean {
  return suites.length > 0;
}

/** A reason for whoever reads it. */
export function reasonOf({
  reason,
  text,
}: {
  readonly reason?: string | undefined;
  readonly text?: Message | undefined;
}): Text {
  return text ?? reason ?? '';
}

/** The `report.json` of a report artifact. */
export const reportFormat = jsonFormat({
  ...{ file: 'report.json', version: 1, fields },
  unreadable: ({ why, where, cause }) =>
    new TowpathError('TOW_EVALUATE_REPORT_INVALID', say('evaluate.report-unreadable', { why }), {
      ...{ where, cause },
    }),
});
