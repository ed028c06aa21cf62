import { say, type Message } from '../../core/messages/message.ts';
import { sentences } from '../../text/sentences.ts';
import type { SuiteAnswer } from '../../contract/suite.ts';
import { stem } from '../../text/terms.ts';
import { words } from '../../text/words.ts';
import { claimsOf, namesIn, numbersIn, type Claims } from './evidence.ts';
import { withoutCitations } from './normalise.ts';

/** Share of a sentence's content words that the cited passages must hold. */
const minContent = 0.7;

interface Unsupported {
  readonly sentence: string;
  /** Why not. */
  readonly text: Message;
}

export interface Groundedness {
  readonly sentences: number;
  readonly supported: number;
  /** The sentences that no citation supports, each with the reason. */
  readonly unsupported: readonly Unsupported[];
}

/**
 * Judges each sentence of an answer against the passages that it cites, or all cited ones where it names none. A
 * sentence is supported when every number and every name in it and at least 70% of its content words stand in them,
 * and it does not negate what they state. It is a check by words, of its own making and apart from the one that wrote
 * the answer: it finds inventions, not faulty reasoning. A sentence in another language than its passages can only be
 * supported by the numbers and names that it has.
 */
export function groundedness(answer: string, citations: SuiteAnswer['citations']): Groundedness {
  const unsupported: Unsupported[] = [];
  const spans = sentences(answer).filter(({ text }) => /[\p{L}\p{N}]/u.test(withoutCitations(text)));
  for (const { text } of spans) {
    const why = objection(text, citations);
    if (why === undefined) continue;
    unsupported.push({ sentence: withoutCitations(text).trim(), text: why });
  }
  return { sentences: spans.length, supported: spans.length - unsupported.length, unsupported };
}

/** Why a sentence is not supported; undefined when it is. */
function objection(sentence: string, citations: SuiteAnswer['citations']): Message | undefined {
  const cited = citedBy(sentence, citations);
  if (cited.length === 0) return say('grounds.no-passage');
  const passages = cited.map(({ heading, text }) => `${heading}\n\n${text}`).join('\n\n');
  const claims = claimsOf(withoutCitations(sentence));
  const numbers = missing(claims.numbers, new Set(numbersIn(passages)));
  if (numbers.length > 0) return say('grounds.number', { what: numbers });
  const names = missingNames(claims.names, passages);
  if (names.length > 0) return say('grounds.name', { what: names });
  const passageLanguage = claimsOf(passages).language;
  if (claims.language !== passageLanguage && claims.language !== 'und') {
    const checkable = claims.numbers.length + claims.names.length > 0;
    return checkable ? undefined : say('grounds.language');
  }
  const absent = claims.content.filter((word) => !holdsWord(passages, word));
  if (absent.length > (1 - minContent) * claims.content.length) {
    return say('grounds.words', { what: absent.slice(0, 6) });
  }
  return contradicts(claims, passages) ? say('grounds.negates') : undefined;
}

function citedBy(sentence: string, citations: SuiteAnswer['citations']): SuiteAnswer['citations'] {
  const marks = [...sentence.matchAll(/\[(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\]/g)];
  const named = marks.flatMap((mark) => (mark[1] ?? '').split(/[,，、]/).map(Number));
  return named.length === 0 ? citations : citations.filter((_, at) => named.includes(at + 1));
}

function missing(wanted: readonly string[], there: ReadonlySet<string>): string[] {
  return wanted.filter((each) => !there.has(each));
}

function missingNames(names: readonly string[], passages: string): string[] {
  const there = new Set(namesIn(passages));
  const text = passages.normalize('NFKC').toLowerCase();
  return names.filter((name) => !there.has(name) && !text.includes(name));
}

/** Chinese words are looked up as text: the same word may be cut differently in another sentence. */
function holdsWord(text: string, word: string): boolean {
  if (/\p{Script=Han}/u.test(word)) return foldedOf(text).includes(word);
  return stemsOf(text).has(word);
}

let lastFolded: { readonly text: string; readonly folded: string } | undefined;

function foldedOf(text: string): string {
  if (lastFolded?.text !== text) lastFolded = { text, folded: text.normalize('NFKC') };
  return lastFolded.folded;
}

let lastStems: { readonly text: string; readonly stems: ReadonlySet<string> } | undefined;

function stemsOf(text: string): ReadonlySet<string> {
  if (lastStems?.text !== text) {
    lastStems = { text, stems: new Set(Array.from(words(text), (word) => stem(word.text))) };
  }
  return lastStems.stems;
}

/**
 * Compares with the passage sentences nearest in words: all of them negate and the answer does not, or none does and the
 * answer does. Below 80% of shared words nothing is near enough to contradict.
 */
function contradicts(claims: Claims, passages: string): boolean {
  const candidates = sentences(passages).map(({ text }) => ({
    negated: claimsOf(text).negated,
    share: claims.content.filter((word) => holdsWord(text, word)).length / claims.content.length,
  }));
  const best = Math.max(...candidates.map(({ share }) => share));
  if (!(best >= 0.8)) return false;
  const nearestOnes = candidates.filter(({ share }) => share >= best - 1e-9);
  return nearestOnes.every(({ negated }) => negated !== claims.negated);
}
