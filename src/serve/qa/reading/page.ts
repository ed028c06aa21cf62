import type { ScoredPassage } from '../retrieval/retriever.ts';
import { tokens, type Token } from '../text/token.ts';
import { matchable, type Matchable } from './match.ts';
import { unitsOf, type Unit } from './units.ts';

/** A retrieved passage cut into units and words: what the reader reads. */
export interface Page {
  /** Place among the retrieved passages, from 0. */
  readonly rank: number;
  /** Retrieval score as a share of the best one's. */
  readonly standing: number;
  readonly text: string;
  readonly heading: Matchable;
  readonly whole: Matchable;
  readonly units: readonly ReadUnit[];
}

export interface ReadUnit extends Matchable, Unit {}

export function pagesOf(found: readonly ScoredPassage[]): Page[] {
  const best = Math.max(...found.map(({ score }) => score), Number.MIN_VALUE);
  return found.map(({ passage, score }, rank) => {
    const all = tokens(passage.text);
    return {
      rank,
      standing: Math.max(0, score / best),
      text: passage.text,
      heading: matchable(passage.heading, tokens(passage.heading)),
      whole: matchable(passage.text, all),
      units: unitsOf(passage.text).map((unit) => ({
        ...unit,
        ...(unit.kind === 'code' ? typed(unit) : matchable(unit.text, within(all, unit))),
      })),
    };
  });
}

/** Code without its strings: an example's data is not what it is about. */
function typed({ text, start }: Unit): Matchable {
  const bare = text.replace(/"[^"\n]*"|'[^'\n]*'/g, (string) => ' '.repeat(string.length));
  const own = tokens(bare).map((token) => ({ ...token, start: token.start + start, end: token.end + start }));
  return matchable(bare, own);
}

/** The words inside a unit, with their offsets in the passage. */
function within(all: readonly Token[], unit: Unit): Token[] {
  return all.filter((token) => token.start >= unit.start && token.end <= unit.end);
}
