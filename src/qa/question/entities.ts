import { isStopWord } from '../text/stop-words.ts';

/** Quotations, code, identifiers, numbers and capitalised names of a question, lower-cased. */
export function entitiesOf(question: string): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const match of question.matchAll(pattern)) {
      const text = (match[1] ?? match[0]).trim().toLowerCase();
      if (text.length > 1 && !isStopWord(text)) found.add(text);
    }
  }
  return [...found];
}

/** Latin words of a Chinese question that the index lacks: they name something that it does not know. */
export function strangersIn(question: string, knows: (word: string) => boolean): string[] {
  if (!/\p{Script=Han}/u.test(question)) return [];
  const words = (question.match(/[A-Za-z][\w+-]*\w/gu) ?? []).map((word) => word.toLowerCase());
  return words.filter((word) => !isStopWord(word) && !knows(word));
}

const patterns: readonly RegExp[] = [
  /["“「『《]([^"”」』》]{2,60})["”」』》]/gu,
  /`([^`]{1,60})`/gu,
  /(?<![\w-])--?[a-z][\w-]*/gu,
  /\b[a-z0-9]+(?:[._/@][a-z0-9]+)+\b/giu,
  /\b[A-Z]{2,}(?:_[A-Z0-9]+)*(?=s?\b)/gu,
  /(?<=[^.!?]\s)\p{Lu}(?![A-Z]*s\b)[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)*/gu,
  /\d+(?:[.,]\d+)*/gu,
];
