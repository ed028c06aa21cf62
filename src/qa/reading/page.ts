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
    let next = 0;
    // Units stand in order and apart, so one pass over the words serves them all.
    const within = (unit: Unit): Token[] => {
      while ((all[next]?.start ?? Infinity) < unit.start) next += 1;
      const from = next;
      while ((all[next]?.end ?? Infinity) <= unit.end) next += 1;
      return all.slice(from, next);
    };
    return {
      rank,
      standing: Math.max(0, score / best),
      text: passage.text,
      heading: matchable(passage.heading, tokens(passage.heading)),
      whole: matchable(passage.text, all),
      units: unitsOf(passage.text).map((unit) => ({
        ...unit,
        ...(unit.kind === 'code' ? typed(unit) : matchable(unit.text, within(unit))),
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
