import { words, type Word } from '../../text/words.ts';
import { stem } from './stem.ts';
import { isStopWord } from './stop-words.ts';

export interface Token extends Word {
  /** What words are compared by. */
  readonly stem: string;
  readonly stop: boolean;
}

/** The words of a text with their stems and offsets; identifiers such as `qa.max_tokens` in their parts. */
export function tokens(text: string): Token[] {
  return Array.from(words(text))
    .flatMap(partsOf)
    .map((word) => ({ ...word, stem: stem(word.text), stop: isStopWord(word.text) }));
}

/** Numbers (`20.19`) and abbreviations (`U.S`) stay whole. */
function partsOf(word: Word): Word[] {
  if (!/[._:]/.test(word.text) || word.end - word.start !== word.text.length) return [word];
  const parts = Array.from(word.text.matchAll(/[^._:]+/gu), (match) => ({
    text: match[0],
    start: word.start + match.index,
    end: word.start + match.index + match[0].length,
  }));
  return parts.every(({ text }) => text.length > 1 && !/^\d+$/.test(text)) ? parts : [word];
}

const han = /\p{Script=Han}/u;

export function isHan(text: string): boolean {
  return han.test(text);
}
