/** A passage of a document, with the headings above it. */
export interface PassageOf {
  readonly text: string;
  readonly heading?: string;
}

/** What personal data became in the documents; the excerpt of a suite may still have it. */
const mask = /\[(?:EMAIL|PHONE|ID|CARD|IP)\]/;
/** Letters and digits that may stand where one was masked. */
const longestMasked = 40;

/**
 * What the passages of one document say one after the other: whether an excerpt stands there word for word. Letter case,
 * width, punctuation and Markdown marks do not count, nor do headings, the targets of links and the numbers of a list
 * where only one of the two has them.
 */
export class DocumentText {
  /** The text in each of its readings, cut where something was masked. */
  readonly #readings: readonly (readonly string[])[];

  constructor(passages: readonly PassageOf[]) {
    const texts = passages.map(({ text }, at) => withoutOverlap(passages[at - 1]?.text ?? '', text));
    const withHeadings = texts.map((text, at) => {
      const above = newHeadings(passages[at - 1]?.heading, passages[at]?.heading);
      return above === '' ? text : `${above}\n${text}`;
    });
    const joined = [texts.join('\n'), withHeadings.join('\n')];
    const readings = new Set(joined.flatMap(readingsOf));
    this.#readings = [...readings].map((reading) => reading.split(mask).map(plain));
  }

  holds(excerpt: string): boolean {
    const wanted = new Set(readingsOf(excerpt).map(plain));
    return this.#readings.some((pieces) => [...wanted].some((text) => text !== '' && stands(text, pieces)));
  }
}

/** As it is; without the targets of its links and its tags; and without the numbers of its lists. */
function readingsOf(text: string): readonly string[] {
  const bare = text
    .replaceAll(/\]\([^()\n]*\)/g, ']')
    .replaceAll(/<\/?[a-z][^<>\n]*>/gi, ' ')
    .replaceAll(/&(?:[a-z]+|#\d+);/gi, ' ');
  return [text, bare, bare.replaceAll(/^[ \t>]*\d{1,3}[.)][ \t]/gm, '')];
}

/** Words in one form with a space between them; none beside a Chinese character, where writers differ. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[*_~`]+/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
}

/** Whether the text stands there with whole words at both of its ends: 5 is not in 50. */
function includesWhole(piece: string, text: string): boolean {
  for (let at = piece.indexOf(text); at >= 0; at = piece.indexOf(text, at + 1)) {
    const end = at + text.length;
    if (!joins(piece[at - 1], piece[at]) && !joins(piece[end - 1], piece[end])) return true;
  }
  return false;
}

function joins(one = ' ', other = ' '): boolean {
  return [one, other].every(
    (character) => /[\p{L}\p{N}]/u.test(character) && !/\p{Script=Han}/u.test(character),
  );
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

/** Whether the text stands in the pieces, something else being in its place between one and the next. */
function stands(text: string, pieces: readonly string[]): boolean {
  if (pieces.some((piece) => includesWhole(piece, text))) return true;
  return pieces.slice(0, -1).some((piece, at) => {
    const begins = (length: number): boolean =>
      length === 0 || (text[length - 1] === piece.at(-1) && text.startsWith(piece.slice(-length)));
    for (let length = Math.min(piece.length, text.length - 1); length >= 0; length -= 1)
      if (begins(length) && goesOn(text.slice(length), pieces, at + 1, length)) return true;
    return false;
  });
}

/** @param matched characters of the excerpt that stand in the pieces so far; more than half of it must */
function goesOn(rest: string, pieces: readonly string[], at: number, matched: number): boolean {
  const piece = pieces[at] ?? '';
  for (let masked = 1; masked <= Math.min(longestMasked, rest.length); masked += 1) {
    const after = rest.slice(masked);
    if (piece.startsWith(after)) {
      if (matched + after.length > rest.length - after.length) return true;
    } else if (piece !== '' && after.startsWith(piece) && at + 1 < pieces.length)
      return goesOn(after.slice(piece.length), pieces, at + 1, matched + piece.length);
  }
  return false;
}
