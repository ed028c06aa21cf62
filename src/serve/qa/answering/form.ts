import type { Question } from '../question/question.ts';
import { fit } from '../reading/fit.ts';
import type { Reading } from '../reading/reader.ts';
import type { ScoredSpan } from '../reading/score-spans.ts';

/** Questions that want a statement: a few words of it would not answer. */
const wide = new Set<Question['kind']>(['definition', 'how-to', 'reason', 'yes-no']);

/** A kind of candidate from this fit on is what the question asks for: a date for when, a name for who. */
const fitting = 0.9;

/**
 * The few words that answer, when the reader can be trusted with them; else a whole sentence serves a person better.
 * On XQuAD's development half, spans that fit the question's kind score F1 .56 in both languages (the sentence .12);
 * those that do not, .23 - except where they stand out, which the bounds below say.
 */
export function shortAnswer(question: Question, reading: Reading): ScoredSpan | undefined {
  const span = reading.spans[0];
  if (span === undefined || wide.has(question.kind)) return undefined;
  if (fit(question.kind, span.kind) >= fitting) return span;
  if (question.kind === 'identifier' || question.kind === 'value') return undefined;
  const rival = reading.spans.find(
    ({ start, end, in: { page } }) => page !== span.in.page || end <= span.start || start >= span.end,
  );
  const lead = span.score - (rival?.score ?? 0);
  const placed = span.standing >= (question.language === 'zh' ? 1.9 : 1.2);
  return span.in.coverage >= 0.5 && (placed || lead >= 0.3) ? span : undefined;
}
