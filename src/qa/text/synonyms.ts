import { stem } from './stem.ts';
import { englishSynonyms } from './synonyms-en.ts';
import { chineseSynonyms } from './synonyms-zh.ts';

/** Stems (English) or words (Chinese) that mean nearly the same as this one. */
export function synonymsOf(word: string): readonly string[] {
  return groups.get(word) ?? [];
}

const groups = new Map<string, string[]>();
for (const line of englishSynonyms) add(line.split(' ').map(stem));
for (const line of chineseSynonyms) add(line.split(' ').map((word) => word.toLowerCase()));

function add(words: readonly string[]): void {
  for (const word of words) {
    const known = groups.get(word) ?? [];
    groups.set(word, [...new Set([...known, ...words.filter((other) => other !== word)])]);
  }
}
