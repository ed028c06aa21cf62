import type { SuiteAnswer, SuiteQuestion } from '../../contract/suite.ts';
import { PassageMatcher } from '../suite/passage-match.ts';

/**
 * Rank from 1 of the first retrieved passage that is the expected one; undefined when none is. A question has one
 * expected passage, so a second match (overlapping passages) counts for nothing.
 */
export function passageRank(
  expected: NonNullable<SuiteQuestion['passage']>,
  retrieved: SuiteAnswer['retrieved'],
): number | undefined {
  const matcher = new PassageMatcher(expected);
  const at = retrieved.findIndex((passage) => matcher.matches(passage));
  return at === -1 ? undefined : at + 1;
}

export function recallAt(k: number, rank: number | undefined): number {
  return rank !== undefined && rank <= k ? 1 : 0;
}

export function reciprocalRank(rank: number | undefined): number {
  return rank === undefined ? 0 : 1 / rank;
}

/** Discounted gain with one relevant passage, whose ideal is 1. */
export function ndcgAt(k: number, rank: number | undefined): number {
  return rank !== undefined && rank <= k ? 1 / Math.log2(rank + 1) : 0;
}
