import { words } from '../../text/words.ts';

interface Located {
  readonly source: string;
  readonly text: string;
}

/** Share of the expected text's word pairs that a passage must hold to be the one meant. */
const minOverlap = 0.5;

/**
 * Whether a retrieved passage is the one a suite means: same source, and one text holds the other or they share at
 * least half of the expected text's neighbouring word pairs. Letter case, width, punctuation and Markdown marks do not
 * count, so that a line break, a masked address or another cut does not lose the passage.
 */
export class PassageMatcher {
  readonly #source: string;
  readonly #text: string;
  readonly #pairs: ReadonlyMap<string, number>;

  constructor(expected: Located) {
    this.#source = normaliseSource(expected.source);
    this.#text = bareText(expected.text);
    this.#pairs = pairsOf(expected.text);
  }

  matches(passage: Located): boolean {
    return normaliseSource(passage.source) === this.#source && this.matchesText(passage.text);
  }

  /** The same, whatever the source. */
  matchesText(text: string): boolean {
    const bare = bareText(text);
    if (bare === '' || this.#text === '') return false;
    if (bare.includes(this.#text)) return true;
    // A heading or a short list item inside the expected text is not yet the passage.
    if (bare.length * 2 >= this.#text.length && this.#text.includes(bare)) return true;
    return this.overlap(text) >= minOverlap;
  }

  /** Share of the expected text's neighbouring word pairs (characters for Chinese) found in the text, 0 to 1. */
  overlap(text: string): number {
    let total = 0;
    for (const count of this.#pairs.values()) total += count;
    if (total === 0) return 0;
    const found = pairsOf(text);
    let shared = 0;
    for (const [pair, count] of this.#pairs) shared += Math.min(count, found.get(pair) ?? 0);
    return shared / total;
  }
}

/** A source path for comparison: forward slashes, no leading `./`, composed characters. */
export function normaliseSource(source: string): string {
  return source
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

function bareText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function pairsOf(text: string): Map<string, number> {
  const units = Array.from(words(text)).flatMap((word) =>
    /\p{Script=Han}/u.test(word.text) ? Array.from(word.text) : [word.text],
  );
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < units.length; at++) {
    const pair = `${units[at] ?? ''} ${units[at + 1] ?? ''}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
