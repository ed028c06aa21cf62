import type { Question } from '../question/question.ts';
import { matchable, saying } from '../reading/match.ts';
import { tokens } from '../text/token.ts';

/** Share of what the quoted sentences say of the question that a phrasing must keep. */
const kept = 0.6;

/** Share of the quoted sentences' own news - words that the question lacks - that a phrasing must keep. */
const news = 0.4;

/** Whether a sentence answers the question about as well as the quoted ones that it was made from. */
export function answers(question: Question, sentence: string, quoted: readonly string[]): boolean {
  if (!keeps(sentence, quoted[0] ?? '')) return false;
  const best = said(question, quoted[0] ?? '');
  if (said(question, sentence) < kept * best) return false;
  const own = new Set(tokens(sentence).map(({ stem }) => stem));
  const asked = new Set(question.keywords.map(({ stem }) => stem));
  const fresh = tokens(quoted[0] ?? '').filter(({ stem, stop }) => !stop && !asked.has(stem));
  if (fresh.length === 0) return true;
  return fresh.filter(({ stem }) => own.has(stem)).length >= news * Math.min(fresh.length, 10);
}

/** Numbers, code and denials are what an answer is asked for: a phrasing that drops one says less than the quotation. */
function keeps(sentence: string, quoted: string): boolean {
  if (sentence.includes('\ufffd')) return false;
  const facts = quoted.match(/`[^`\n]+`|\d+(?:[.,]\d+)*/gu) ?? [];
  if (facts.some((fact) => !sentence.includes(fact.replaceAll('`', '')))) return false;
  return denials(sentence) >= denials(quoted);
}

function denials(text: string): number {
  return text.match(/\b(?:not|no|never|nothing|cannot|without)\b|n['’]t\b|[不没未无]/giu)?.length ?? 0;
}

function said(question: Question, text: string): number {
  const whole = matchable(text, tokens(text));
  let sum = 0;
  for (const keyword of question.keywords) sum += keyword.weight * saying(keyword, whole);
  return sum;
}
