import type { Question } from '../question/question.ts';
import { fit, sortFit } from '../reading/fit.ts';
import { kindSigns } from '../reading/kind-signs.ts';
import { standsForGap } from '../reading/gap-pattern.ts';
import type { Reading } from '../reading/reader.ts';
import type { ScoredSpan } from '../reading/score-spans.ts';

/** Questions that want a statement: a few words of it would not answer. */
const wide = new Set<Question['kind']>(['definition', 'how-to', 'reason', 'yes-no', 'consequence']);

/** One out of several that are asked for is half an answer, where several rarely stand in one phrase. */
const single = new Set<Question['kind']>(['identifier', 'value', 'number', 'other']);

/** A kind of candidate from this fit on is what the question asks for: a date for when, a name for who. */
const fitting = 0.9;

/** A score of its own at which a phrase may be trusted without such a pattern. */
const outstanding = { en: 1.7, zh: 1.6 } as const;

/** Share of the question that a span's sentence must say before the span may stand alone. */
const sure = 0.25;

/**
 * The few words that answer, when they are of the kind that is asked for; else a whole sentence serves a person better.
 * On XQuAD's development half, spans that fit the question's kind score F1 .56 in both languages (the sentence .12);
 * those that do not, .23 - except where they stand out and in the very place of what is asked, see below.
 */
export function shortAnswer(question: Question, reading: Reading): ScoredSpan | undefined {
  const span = reading.spans[0];
  if (span === undefined || wide.has(question.kind) || span.in.unit.kind === 'code') return undefined;
  if (span.in.coverage < sure || (question.plural && single.has(question.kind))) return undefined;
  if (span.kind === 'name' && opensSentence(span)) return undefined;
  if (fit(question.kind, span.kind) >= fitting) return fits(question, span) ? span : undefined;
  if (question.kind !== 'other' && question.kind !== 'place' && question.kind !== 'person') return undefined;
  const rival = reading.spans.find(
    ({ start, end, in: { page } }) => page !== span.in.page || end <= span.start || start >= span.end,
  );
  const lead = span.score - (rival?.score ?? 0);
  const placed = span.standing >= (question.language === 'zh' ? 1.9 : 1.2);
  const stands =
    span.standing >= outstanding[question.language === 'zh' ? 'zh' : 'en'] || standsForGap(question, span);
  const phrase = span.kind !== 'clause' || question.language === 'zh';
  return phrase && span.in.coverage >= 0.5 && (placed || lead >= 0.3) && stands ? span : undefined;
}

/** Signs against a span that its kind does not make up for: a single numeral that counts nothing. */
const misfit = -1.4;

/** Code must be of the sort that is asked for. */
function fits(question: Question, span: ScoredSpan): boolean {
  if (kindSigns(question, span, span.in.page.text) <= misfit) return false;
  if (question.kind !== 'identifier') return true;
  return span.in.coverage >= 0.5 && sortFit(question.sort, span.text) >= 0;
}

/** A word that is capitalised because it opens its sentence, and nowhere else, is no name. */
function opensSentence({ in: { page, unit }, start, text }: ScoredSpan): boolean {
  if (start !== unit.start || /\s|\p{Script=Han}/u.test(text)) return false;
  const elsewhere = page.text.replace(unit.text, '');
  return !new RegExp(`(?<=[\\p{Ll},] )${text.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u').test(elsewhere);
}
