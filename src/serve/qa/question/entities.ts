import { isStopWord } from '../text/stop-words.ts';

/** Quotations, code, identifiers, numbers and capitalised names of a question, lower-cased. */
export function entitiesOf(question: string): string[] {
  const found = new Set<string>();
  const latin = /\p{Script=Han}/u.test(question) ? [latinInChinese] : [];
  for (const pattern of [...patterns, ...latin]) {
    for (const match of question.matchAll(pattern)) {
      const text = (match[1] ?? match[0]).trim().toLowerCase();
      if (text.length > 1 && !isStopWord(text)) found.add(text);
    }
  }
  return [...found];
}

/** Latin letters in a Chinese question name something. */
const latinInChinese = /[A-Za-z][\w.+-]*\w/gu;

const patterns: readonly RegExp[] = [
  /["“「『《]([^"”」』》]{2,60})["”」』》]/gu,
  /`([^`]{1,60})`/gu,
  /(?<![\w-])--?[a-z][\w-]*/gu,
  /\b[a-z0-9]+(?:[._/@][a-z0-9]+)+\b/giu,
  /\b[A-Z]{2,}(?:_[A-Z0-9]+)*(?=s?\b)/gu,
  /(?<=[^.!?]\s)\p{Lu}(?![A-Z]*s\b)[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)*/gu,
  /\d+(?:[.,]\d+)*/gu,
];
