import { words, type Word } from '../../../core/text/words.ts';
import { stem } from './stem.ts';
import { isStopWord } from './stop-words.ts';

export interface Token extends Word {
  /** What words are compared by. */
  readonly stem: string;
  readonly stop: boolean;
}

/** The words of a text with their stems and offsets. */
export function tokens(text: string): Token[] {
  return Array.from(words(text), (word) => ({ ...word, stem: stem(word.text), stop: isStopWord(word.text) }));
}

const han = /\p{Script=Han}/u;

export function isHan(text: string): boolean {
  return han.test(text);
}
