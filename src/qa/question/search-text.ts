import type { Question } from './question.ts';

/**
 * What the index is asked: the question, joined words as the documents write them, and synonyms of words that no
 * passage has - an index that ranks by words finds nothing by a word that it lacks.
 */
export function searchText({ text, keywords }: Question): string {
  const lower = text.toLowerCase();
  const more = keywords.flatMap((keyword) => [
    ...(lower.includes(keyword.text) ? [] : [keyword.text]),
    ...(keyword.unknownItself ? keyword.also : []),
  ]);
  return more.length === 0 ? text : `${text} ${more.join(' ')}`;
}
