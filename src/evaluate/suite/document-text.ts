import { holdsRun } from '../holds-run.ts';

/** A passage of a document, with the headings above it. */
export interface PassageOf {
  readonly text: string;
  readonly heading?: string;
}

/**
 * What the passages of one document say one after the other: whether an excerpt stands there word for word. Letter case,
 * width, punctuation and Markdown marks do not count, nor do headings, the targets of links and the numbers of a list
 * where only one of the two has them.
 */
export class DocumentText {
  /** The text in each of its readings. */
  readonly #readings: readonly string[];
  readonly #words: readonly (readonly string[])[];
  #unmasked: readonly (readonly string[])[] | undefined;

  constructor(passages: readonly PassageOf[]) {
    const texts = passages.map(({ text }, at) => withoutOverlap(passages[at - 1]?.text ?? '', text));
    const withHeadings = texts.map((text, at) => {
      const above = newHeadings(passages[at - 1]?.heading, passages[at]?.heading);
      return above === '' ? text : `${above}\n${text}`;
    });
    const joined = [texts.join('\n'), withHeadings.join('\n')];
    this.#readings = [...new Set(joined.flatMap(readingsOf))];
    this.#words = this.#readings.map(wordsOf);
  }

  holds(excerpt: string): boolean {
    const readings = readingsOf(excerpt);
    if (stands(readings.map(wordsOf), this.#words)) return true;
    if (!this.#readings.some((reading) => /\[(?:EMAIL|PHONE|ID|CARD|IP)\]/.test(reading))) return false;
    // What was masked in the document, the excerpt may still have: neither says what it is then.
    this.#unmasked ??= this.#readings.map((reading) => wordsOf(withoutPersonal(reading)));
    return stands(
      readings.map((reading) => wordsOf(withoutPersonal(reading))),
      this.#unmasked,
    );
  }
}

function stands(wanted: readonly (readonly string[])[], texts: readonly (readonly string[])[]): boolean {
  return texts.some((words) => wanted.some((run) => holdsRun(words, run)));
}

/** A character that no text has for a reader stands for personal data. */
const personal = '\ue000';

/** Masks, addresses of mail and of machines, and runs of digits as long as a telephone number, all as one. */
function withoutPersonal(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\[(?:EMAIL|PHONE|ID|CARD|IP)\]/g, ` ${personal} `)
    .replaceAll(/[^\s@<>()]{1,64}@[^\s@<>()]{1,190}/g, ` ${personal} `)
    .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, ` ${personal} `)
    .replaceAll(/[\da-f]{0,4}(?::[\da-f]{0,4}){3,7}/gi, ` ${personal} `)
    .replaceAll(/\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?\b/g, ` ${personal} `)
    .replaceAll(/\b[A-Z\d]{15,34}\b/g, ` ${personal} `)
    .replaceAll(/\+?\d(?:[ ()./-]{0,3}\d){6,24}x?/gi, ` ${personal} `);
}

/** As it is; without the targets of its links and its tags; and without the numbers of its lists. */
function readingsOf(text: string): readonly string[] {
  const bare = text
    .replaceAll(/\]\([^()\n]*\)/g, ']')
    .replaceAll(/<\/?[a-z][^<>\n]*>/gi, ' ')
    .replaceAll(/&(?:[a-z]+|#\d+);/gi, ' ');
  return [text, bare, bare.replaceAll(/^[ \t>]*\d{1,3}[.)][ \t]/gm, '')];
}

/** Words in one form; each Chinese character is one. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[*_~`]+/g, '');
  return plain.match(/\p{Script=Han}|\ue000|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
}

/** Passages may repeat the end of the one before, and a table that was cut repeats its header. */
function withoutOverlap(before: string, text: string): string {
  const lines = text.split('\n');
  const header = before.split('\n', lines.length);
  let same = 0;
  while (same < lines.length && lines[same] === header[same] && lines[same]?.includes('|') === true)
    same += 1;
  if (same > 0) return lines.slice(same).join('\n');
  let overlap = Math.min(before.length, text.length);
  const ends = () => before[before.length - overlap] === text[0] && before.endsWith(text.slice(0, overlap));
  while (overlap > 0 && !ends()) overlap -= 1;
  return text.slice(overlap);
}

/** The headings that stand between a passage and the one before it. */
function newHeadings(before: string | undefined, heading = ''): string {
  const above = before?.split(' > ') ?? [];
  const parts = heading.split(' > ');
  const shared = parts.findIndex((part, at) => part !== above[at]);
  return shared < 0 ? '' : parts.slice(shared).join('\n');
}
