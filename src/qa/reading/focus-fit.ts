import type { Question } from '../question/question.ts';
import { isHan } from '../text/token.ts';
import type { Candidate } from './candidates/candidate.ts';
import type { ScoredUnit } from './score-units.ts';

/**
 * Whether a candidate is one of what the question asks for by its noun: 波利尼亚克猜想 for 哪个猜想, "Southwest Fresno
 * neighbourhood" for "which neighbourhood", "4 rooms" for "how many rooms". 0 to 1.
 */
export function focusFit(question: Question, { page, unit }: ScoredUnit, candidate: Candidate): number {
  const own = page.text.slice(candidate.start, candidate.end);
  return isHan(question.text)
    ? chinese(question, own, page.text.slice(candidate.end, candidate.end + 6))
    : english(question, unit.tokens, candidate);
}

function chinese(question: Question, own: string, after: string): number {
  const noun = /^一?[个些种位名座条家支部本份项类场次只所]?(\p{Script=Han}{1,6})/u.exec(
    question.text.slice(question.gap.end),
  )?.[1];
  if (noun === undefined) return 0;
  const counted = question.kind === 'number' || question.kind === 'duration';
  if (counted) {
    const measure = question.text.charAt(question.gap.end);
    return own.endsWith(measure) ? 1 : after.trimStart().startsWith(measure) ? 0.6 : 0;
  }
  for (let length = Math.min(4, noun.length); length >= 1; length -= 1) {
    for (const tail of [noun.slice(0, length), noun.slice(-length)]) {
      if (own.length > length && own.endsWith(tail)) return length === 1 ? 0.5 : 1;
    }
  }
  return 0;
}

function english(question: Question, tokens: ScoredUnit['unit']['tokens'], candidate: Candidate): number {
  const head = question.focus.at(-1);
  if (head === undefined) return 0;
  let inside = 0;
  let own = false;
  let following = 0;
  let follows = false;
  for (const token of tokens) {
    if (token.start >= candidate.start && token.end <= candidate.end) {
      inside += 1;
      if (question.focus.includes(token.stem)) own = true;
    } else if (token.start >= candidate.end && following < 3) {
      following += 1;
      if (question.focus.includes(token.stem)) follows = true;
    }
  }
  const counted = question.kind === 'number' || question.kind === 'duration';
  if (counted) return follows || own ? 1 : 0;
  return own && inside > 1 ? 1 : 0;
}
