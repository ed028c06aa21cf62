import { isHan, type Token } from '../text/token.ts';
import type { Keyword } from '../question/question.ts';

/** A text made ready for comparing: its words by stem, and its letters. */
export interface Matchable {
  readonly lower: string;
  readonly tokens: readonly Token[];
  readonly stems: ReadonlySet<string>;
}

export function matchable(text: string, tokens: readonly Token[]): Matchable {
  return { lower: text.toLowerCase(), tokens, stems: new Set(tokens.map((token) => token.stem)) };
}

/** What a word of nearly the same meaning counts. */
const synonym = 0.75;

/** How far a text says a keyword: 1 as a word, less as a near form or by a synonym, 0 not at all. */
export function saying(keyword: Keyword, text: Matchable): number {
  if (text.stems.has(keyword.stem)) return 1;
  const own = isHan(keyword.text) ? sayingHan(keyword.text, text.lower) : sayingNear(keyword.stem, text);
  if (own >= synonym) return own;
  const other = keyword.also.some((way) => (isHan(way) ? text.lower.includes(way) : text.stems.has(way)));
  return other ? synonym : own;
}

function sayingNear(stem: string, text: Matchable): number {
  if (stem.length < 4) return 0;
  for (const other of text.stems) if (near(stem, other)) return 0.7;
  return 0;
}

/** Same beginning: `product` and `production`, `migrate` and `migration`. */
export function near(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 5) return false;
  let common = 0;
  while (common < shorter && a.charCodeAt(common) === b.charCodeAt(common)) common += 1;
  return common >= 4 && common >= shorter - 1 && common >= 0.6 * Math.max(a.length, b.length);
}

/** Segmentation differs from place to place, so a Chinese word is also sought as letters, whole and in pairs. */
function sayingHan(word: string, text: string): number {
  if (text.includes(word)) return word.length === 1 ? 0.6 : 0.95;
  if (word.length < 3) return 0;
  let found = 0;
  for (let i = 0; i + 2 <= word.length; i += 1) if (text.includes(word.slice(i, i + 2))) found += 1;
  return (0.8 * found) / (word.length - 1);
}
