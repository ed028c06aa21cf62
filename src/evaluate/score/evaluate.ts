import type { Digest } from '../../core/digest.ts';
import type { Language } from '../../core/language.ts';
import type { Message } from '../../core/messages/message.ts';
import { questionDigest, type Answers } from '../../contract/answers-artifact.ts';
import type { Choice } from '../../contract/choice.ts';
import type { EvaluationReport, QuestionResult, RefusalCounts } from '../../contract/evaluation-report.ts';
import type { EvaluateSettings } from '../section.ts';
import type { Suite, SuiteEntry } from '../suite/read.ts';
import type { Pairing } from './compare.ts';
import { judge } from './gates.ts';
import { languagesOf, measure } from './metrics.ts';
import { scoreQuestion, scoreQuestions } from './question.ts';

export interface EvaluationInput {
  readonly suites: readonly Suite[];
  readonly answers: Answers;
  /** What the live release answered, and its name; absent while there is none. */
  readonly live?:
    | {
        readonly release: string;
        /** What it is called where it is no release, for readers of another language. */
        readonly text?: Message;
        readonly digest?: Digest | undefined;
        readonly answers: Answers;
      }
    | undefined;
  /** Why this model answered, where another stood to choose. */
  readonly choice?: Choice | undefined;
  readonly settings: Pick<EvaluateSettings, 'gates' | 'bootstrap' | 'k'>;
}

/** Scores answers, compares them with the live release's, judges the gates. The same input gives the same report. */
export function evaluate(input: EvaluationInput): EvaluationReport {
  const entries = input.suites.flatMap((suite) => suite.questions);
  const items = scoreQuestions(entries, input.answers.answers);
  const pairing = input.live && pair(entries, items, input.live.answers);
  const settings = {
    k: input.settings.k.toSorted((a, b) => a - b),
    ...input.settings.bootstrap,
    confidence: 0.95,
    level: 0.05,
  };
  const metrics = measure(items, pairing, settings);
  const gates = judge(input.settings.gates, items, metrics, pairing, settings);
  const unanswerable = items.filter((item) => item.shouldDecline).length;
  const found = languagesOf(items);
  return {
    verdict: gates.every((gate) => gate.passed) ? 'passed' : 'failed',
    suites: input.suites.map(({ path, digest, questions }) => ({
      path,
      digest,
      questions: questions.length,
    })),
    questions: {
      total: items.length,
      answerable: items.length - unanswerable,
      unanswerable,
      failed: items.filter((item) => item.error !== undefined).length,
    },
    languages: found,
    live:
      input.live && pairing
        ? {
            release: input.live.release,
            ...(input.live.text && { text: input.live.text }),
            ...(input.live.digest !== undefined && { answers: input.live.digest }),
            shared: pairing.live.length,
          }
        : null,
    ...(input.choice && { choice: input.choice }),
    settings,
    metrics,
    gates,
    refusals: [undefined, ...(found.length > 1 ? found : [])].map((language) =>
      countRefusals(items, language),
    ),
    items,
  };
}

/**
 * Live answers scored by today's suite, for the questions still asked in the same words: accepted answers may have
 * been corrected since, and both sides are judged by the correction.
 */
function pair(entries: readonly SuiteEntry[], items: readonly QuestionResult[], live: Answers): Pairing {
  const answers = new Map(live.answers.map((answer) => [answer.id, answer]));
  const pairs = entries.flatMap((entry, at) => {
    const answer = answers.get(entry.id);
    const item = items[at];
    const same = live.meta.questions[entry.id] === questionDigest(entry);
    return answer && item && same ? [{ item, other: scoreQuestion(entry, answer) }] : [];
  });
  return { candidate: pairs.map(({ item }) => item), live: pairs.map(({ other }) => other) };
}

function countRefusals(items: readonly QuestionResult[], language: Language | undefined): RefusalCounts {
  const chosen = items.filter((item) => language === undefined || item.language === language);
  const count = (shouldDecline: boolean, declined: boolean): number =>
    chosen.filter((item) => item.shouldDecline === shouldDecline && item.declined === declined).length;
  const declinedRightly = count(true, true);
  const declinedWrongly = count(false, true);
  const answeredWrongly = count(true, false);
  const share = (part: number, rest: number): number | null =>
    part + rest === 0 ? null : part / (part + rest);
  return {
    ...(language !== undefined && { language }),
    declinedRightly,
    declinedWrongly,
    answeredWrongly,
    answeredRightly: count(false, false),
    precision: share(declinedRightly, declinedWrongly),
    recall: share(declinedRightly, answeredWrongly),
  };
}
