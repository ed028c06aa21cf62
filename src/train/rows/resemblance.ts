/** A question of an evaluation suite. */
export interface SuiteEntry {
  readonly id: string;
  readonly question: string;
}

/** Share of trigrams, or of words in English, from which two questions count as one. */
const alike = 0.8;
/** A question shorter than this, a Chinese character counted as two, says nothing by being inside another text. */
const shortestInside = 12;

interface Known {
  readonly id: string;
  readonly plain: string;
  readonly trigrams: number;
  readonly words: ReadonlySet<string>;
}

/**
 * Finds the suite question that a text asks: as a whole, nearly (Jaccard similarity of the sets of character trigrams,
 * or of words, at least .8), or somewhere inside it. An index by trigrams keeps the cost to the few that share any.
 */
export class Resemblance {
  readonly #known: Known[] = [];
  readonly #byTrigram = new Map<string, number[]>();
  readonly #exact = new Map<string, string>();

  constructor(entries: Iterable<SuiteEntry>) {
    for (const { id, question } of entries) {
      const plain = plainText(question);
      if (plain === '' || this.#exact.has(plain)) continue;
      this.#exact.set(plain, id);
      const trigrams = trigramsOf(plain);
      for (const trigram of trigrams) {
        const list = this.#byTrigram.get(trigram);
        if (list === undefined) this.#byTrigram.set(trigram, [this.#known.length]);
        else list.push(this.#known.length);
      }
      this.#known.push({ id, plain, trigrams: trigrams.size, words: wordsOf(plain) });
    }
  }

  /** Id of the suite question that `question` equals or nearly equals. */
  question(question: string): string | undefined {
    const plain = plainText(question);
    const exact = this.#exact.get(plain);
    if (exact !== undefined) return exact;
    const trigrams = trigramsOf(plain);
    const words = wordsOf(plain);
    for (const [known, shared] of this.#sharing(trigrams)) {
      if (shared >= alike * (trigrams.size + known.trigrams - shared)) return known.id;
      if (wordsAlike(words, known.words)) return known.id;
    }
    return undefined;
  }

  /** Id of a suite question that stands somewhere in the text. */
  inside(text: string): string | undefined {
    const plain = plainText(text);
    for (const [known, shared] of this.#sharing(trigramsOf(plain))) {
      if (shared === known.trigrams && weight(known.plain) >= shortestInside && plain.includes(known.plain))
        return known.id;
    }
    return undefined;
  }

  /** The questions that share trigrams, with how many. */
  *#sharing(trigrams: ReadonlySet<string>): Generator<readonly [Known, number]> {
    const shared = new Map<number, number>();
    for (const trigram of trigrams)
      for (const at of this.#byTrigram.get(trigram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    for (const [at, count] of shared) {
      const known = this.#known[at];
      if (known) yield [known, count];
    }
  }
}

/** Width, case, punctuation and spacing do not tell questions apart. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '');
}

function weight(plain: string): number {
  return plain.length + (plain.match(/\p{Script=Han}/gu)?.length ?? 0);
}

function trigramsOf(plain: string): Set<string> {
  const characters = Array.from(plain);
  const trigrams = new Set<string>();
  for (let at = 0; at < Math.max(1, characters.length - 2); at += 1)
    trigrams.add(characters.slice(at, at + 3).join(''));
  return trigrams;
}

/** Words between spaces; Chinese has none, and one word is no measure. */
function wordsOf(plain: string): Set<string> {
  return /\p{Script=Han}/u.test(plain) ? new Set() : new Set(plain.split(' '));
}

function wordsAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  // Of two or three words, most are the question's frame: "what is X".
  if (Math.min(one.size, other.size) < 4) return false;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared >= alike * (one.size + other.size - shared);
}
