import type { Language } from '../../core/language.ts';
import { holdsRun } from '../holds-run.ts';
import { answerTokens } from './normalise.ts';

export interface AnswerScores {
  /** 1 when the answer is an accepted one after normalisation. */
  readonly exactMatch: number;
  /**
   * Harmonic mean of precision and recall over tokens, for the best accepted answer. A right answer given as a whole
   * sentence loses precision: 3 accepted words inside 12 give 2·(3/12)·1/(3/12+1) = .40; hence `contains`.
   */
  readonly f1: number;
  /** 1 when an accepted answer stands in the answer as a run of tokens. */
  readonly contains: number;
}

/** Scores of an answer against the accepted ones, each the maximum over them. */
export function scoreAnswer(answer: string, accepted: readonly string[], language: Language): AnswerScores {
  const given = answerTokens(answer, language);
  let best: AnswerScores = { exactMatch: 0, f1: 0, contains: 0 };
  for (const each of accepted) {
    const expected = answerTokens(each, language);
    best = {
      exactMatch: Math.max(best.exactMatch, sameTokens(given, expected) ? 1 : 0),
      f1: Math.max(best.f1, tokenF1(given, expected)),
      contains: Math.max(best.contains, holdsRun(given, expected) ? 1 : 0),
    };
  }
  return best;
}

/** SQuAD's F1; two empty lists are equal, one empty list shares nothing. */
function tokenF1(given: readonly string[], expected: readonly string[]): number {
  if (given.length === 0 || expected.length === 0) return given.length === expected.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const token of expected) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of given) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(token, count - 1);
  }
  return (2 * shared) / (given.length + expected.length);
}

function sameTokens(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, at) => token === b[at]);
}
