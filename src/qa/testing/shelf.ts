import type { Passage } from '../../contract/passage.ts';
import { terms } from '../../text/terms.ts';
import { detectLanguage } from '../../text/language.ts';
import type { Retriever } from '../retrieval/retriever.ts';

/** A passage for tests, with the fields that a test does not care about filled in. */
export function passage(text: string, heading = 'Handbook', source = 'docs/page.md'): Passage {
  return {
    id: `${source}#${text.slice(0, 12)}`,
    document: source,
    source,
    heading,
    text,
    language: detectLanguage(text),
    ordinal: 0,
  };
}

/** An index in memory that ranks by the number of shared terms. */
export function shelf(passages: readonly Passage[]): Retriever {
  return {
    search: (query, k, signal, options) => {
      signal.throwIfAborted();
      const wanted = new Set(terms(query));
      const scored = passages
        .filter(({ language }) => options?.language === undefined || language === options.language)
        .map((found) => ({
          passage: found,
          score: terms(`${found.heading} ${found.text}`).filter((term) => wanted.has(term)).length,
        }))
        .filter(({ score }) => score > 0);
      return Promise.resolve(scored.sort((a, b) => b.score - a.score).slice(0, k));
    },
    close: () => Promise.resolve(),
  };
}
