import type { Question } from '../question/question.ts';
import { isHan } from '../text/token.ts';
import { near } from './match.ts';
import type { ScoredUnit } from './score-units.ts';

/** A place in a unit that repeats a word of the question. */
export interface Echo {
  readonly start: number;
  readonly end: number;
  /** Which keyword. */
  readonly keyword: number;
}

/** Where a unit says the question's words: found once for a unit, used for each of its candidates. */
export function echoesOf(question: Question, { unit }: ScoredUnit): Echo[] {
  const echoes: Echo[] = [];
  question.keywords.forEach(({ stem, text, also }, keyword) => {
    if (isHan(text)) {
      for (let at = unit.lower.indexOf(text); at !== -1; at = unit.lower.indexOf(text, at + 1)) {
        echoes.push({ start: unit.start + at, end: unit.start + at + text.length, keyword });
      }
      return;
    }
    for (const token of unit.tokens) {
      if (near(token.stem, stem) || also.includes(token.stem))
        echoes.push({ start: token.start, end: token.end, keyword });
    }
  });
  return echoes;
}

/** Weighted share of the question's words that stand near a piece, from 0 to 1; `reach` letters away count half. */
export function nearness(
  question: Question,
  echoes: readonly Echo[],
  start: number,
  end: number,
  reach: number,
): number {
  const best = new Array<number>(question.keywords.length).fill(0);
  for (const echo of echoes) {
    if (echo.start >= start && echo.end <= end) continue;
    const distance = echo.end <= start ? start - echo.end : Math.max(0, echo.start - end);
    best[echo.keyword] = Math.max(best[echo.keyword] ?? 0, 1 / (1 + distance / reach));
  }
  let sum = 0;
  let total = 0;
  question.keywords.forEach(({ weight }, i) => {
    sum += weight * (best[i] ?? 0);
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

/** Share of a piece's letters that only repeat the question, 0 to 1: what was asked is not the answer. */
export function repetition(
  question: Question,
  piece: string,
  echoes: readonly Echo[],
  start: number,
): number {
  const letters = Array.from(piece.toLowerCase());
  const said = new Array<boolean>(piece.length).fill(false);
  for (const echo of echoes) {
    for (let i = Math.max(0, echo.start - start); i < Math.min(piece.length, echo.end - start); i += 1)
      said[i] = true;
  }
  if (isHan(piece)) {
    const asked = question.text.toLowerCase();
    for (let i = 0; i + 2 <= piece.length; i += 1) {
      if (asked.includes(piece.slice(i, i + 2).toLowerCase())) said[i] = said[i + 1] = true;
    }
  }
  let count = 0;
  let total = 0;
  letters.forEach((letter, i) => {
    if (!/[\p{L}\p{N}]/u.test(letter)) return;
    total += 1;
    if (said[i]) count += 1;
  });
  return total === 0 ? 1 : count / total;
}
