import type { Question } from '../question/question.ts';
import { isHan } from '../text/token.ts';
import { focusFit } from './focus-fit.ts';
import { gapFit } from './gap-fit.ts';
import type { ScoredSpan } from './score-spans.ts';

/**
 * Whether a noun phrase stands where the asked one would: it is one of what the question names ("southwest
 * neighbourhood" for which neighbourhood), or follows "is", "called", 是 and the like, or has the question's own
 * words on both sides. What only happens to stand near the question's words is no answer.
 */
export function standsForGap(question: Question, span: ScoredSpan): boolean {
  const { page, unit } = span.in;
  const own = { kind: span.kind, start: span.start, end: span.end };
  if (isHan(span.text) && span.kind !== 'name' && !endsAtJoint(span)) return false;
  if (focusFit(question, span.in, own) >= 1) return true;
  if (gapFit(question, span.in, own) >= (question.language === 'zh' ? 0.2 : 0.25)) return true;
  const before = page.text.slice(Math.max(unit.start, span.start - 24), span.start);
  const after = page.text.slice(span.end, Math.min(unit.end, span.end + 12));
  if (isHan(span.text))
    return /(?:[是为由被靠：:]|叫做?|称为|称作|名为|成为|作为|通过|遵循|使用|包括)$/u.test(before.trimEnd());
  return (
    /\b(?:is|are|was|were|be|became|called|named|as|by|include[sd]?|including) (?:(?:the|an?|its|their|by|to|in|on) )*$/i.test(
      before,
    ) || /^ (?:is|are|was|were) /.test(after)
  );
}

/** Whether a Chinese phrase ends where a word and its phrase end, not in the middle of a compound. */
function endsAtJoint({ in: { page, unit }, end }: ScoredSpan): boolean {
  const next = unit.tokens.find((token) => token.start >= end);
  if (next === undefined || next.stop || !isHan(next.text)) return true;
  return page.text.slice(end, next.start) !== '';
}
