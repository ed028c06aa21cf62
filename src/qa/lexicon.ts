import type { Passage } from '../contract/passage.ts';
import { tokens } from './text/token.ts';

/** How much a word says: its rarity among the passages of an index. */
export interface Lexicon {
  /** Inverse document frequency of a stem, above 0; the highest for a stem that no passage has. */
  rarity(stem: string): number;
  /** Whether any passage has it. */
  knows(stem: string): boolean;
}

/** Counts in how many passages each stem stands. */
export function lexiconOf(passages: Iterable<Pick<Passage, 'text' | 'heading'>>): Lexicon {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { text, heading } of passages) {
    total += 1;
    const stems = new Set<string>();
    for (const token of tokens(heading)) stems.add(token.stem);
    for (const token of tokens(text)) stems.add(token.stem);
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return {
    knows: (stem) => counts.has(stem),
    rarity: (stem) => {
      const count = counts.get(stem) ?? 0;
      return Math.log(1 + (total - count + 0.5) / (count + 0.5));
    },
  };
}
