import { isHan, tokens } from '../text/token.ts';
import { near } from '../reading/match.ts';

/** Why a sentence may not be said. */
export type Unsupported = 'empty' | 'number' | 'name' | 'negation' | 'content';

/** Share of a sentence's content words that its passages must have. */
const coverage = 0.8;

/** What a word counts that only repeats the question: it may be said, but it supports nothing. */
const repeated = 0.5;

/**
 * Whether passages support a sentence: every number and name of it stands in them, nearly every content word too,
 * and neither denies what the other affirms. `undefined` when they do; else what is wrong first.
 *
 * Strict on purpose: a supported sentence refused is quoted instead, an unsupported one let through is a lie.
 */
export function unsupported(
  sentence: string,
  sources: readonly string[],
  question: string,
): Unsupported | undefined {
  const said = tokens(sentence);
  const content = said.filter(({ stop }) => !stop);
  if (content.length === 0) return 'empty';
  const source = sources.join('\n').normalize('NFKC');
  const lower = source.toLowerCase();

  const numbers = new Set(numbersOf(source));
  if (numbersOf(sentence).some((number) => !numbers.has(number))) return 'number';
  if (namesOf(sentence).some((name) => !lower.includes(name))) return 'name';
  if (negations(sentence) % 2 !== 0 && negations(bestMatch(sentence, sources)) === 0) return 'negation';
  if (negations(sentence) === 0 && negations(bestMatch(sentence, sources)) % 2 !== 0) return 'negation';

  const stems = new Set(tokens(source).map(({ stem }) => stem));
  const asked = new Set(tokens(question).map(({ stem }) => stem));
  let support = 0;
  for (const { stem, text } of content) {
    if (
      stems.has(stem) ||
      (isHan(text) ? lower.includes(text) : [...stems].some((known) => near(known, stem)))
    ) {
      support += 1;
    } else if (asked.has(stem)) support += repeated;
  }
  return support / content.length >= coverage ? undefined : 'content';
}

const spelled = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, n) => [word, String(n)]),
);

/** Numbers as comparable text: `1,000` and `1000` are one, `two` is `2`. */
function numbersOf(text: string): string[] {
  const digits = (text.normalize('NFKC').match(/\d+(?:[.,]\d+)*/g) ?? []).map((number) =>
    number.replaceAll(',', ''),
  );
  const words = (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) => spelled.get(word) ?? []);
  return [...digits, ...words.filter((number) => number !== '1')];
}

/** Capitalised words inside a sentence, code and identifiers, lower-cased. */
function namesOf(sentence: string): string[] {
  const names =
    sentence.match(
      /(?<=[\p{L}\p{N},;:'"“（(] ?)\b\p{Lu}[\p{L}\p{N}-]+|`[^`]+`|--[a-z-]+|\b\w[\dA-Za-z]*(?:_?[./]\w+|_\w+(?:[./]\w+)?)\b/gu,
    ) ?? [];
  return names.map((name) => name.replaceAll('`', '').normalize('NFKC').toLowerCase());
}

function negations(text: string): number {
  return (
    text.match(/\b(?:not|no|never|none|cannot|without|neither|nor)\b|n['’]t\b|[不没未无非勿别]/giu)?.length ??
    0
  );
}

/** The source sentence that shares most with what was said: negation is judged against it, not the whole passage. */
function bestMatch(sentence: string, sources: readonly string[]): string {
  const wanted = new Set(tokens(sentence).map(({ stem }) => stem));
  let best = '';
  let most = -1;
  for (const source of sources) {
    for (const piece of source.split(/(?<=[.!?。！？])\s*|\n+/u)) {
      const shared = tokens(piece).filter(({ stem, stop }) => !stop && wanted.has(stem)).length;
      if (shared > most) [best, most] = [piece, shared];
    }
  }
  return best;
}
