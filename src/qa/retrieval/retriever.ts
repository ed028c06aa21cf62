import type { Language } from '../../core/language.ts';
import type { Passage } from '../../contract/passage.ts';

export interface ScoredPassage {
  readonly passage: Passage;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

export interface SearchOptions {
  /** Only passages in this language. @default any */
  readonly language?: Language;
}

/** Finds the passages that a question is about. Searches may run side by side. */
export interface Retriever {
  /**
   * The best `k` passages, best first; fewer when fewer share a word with the query, none for a query without words.
   * Any text is a query: no character in it has a meaning of its own.
   */
  search(query: string, k: number, signal: AbortSignal, options?: SearchOptions): Promise<ScoredPassage[]>;
  /** Lets running searches end, then frees the index. */
  close(): Promise<void>;
}

/** Makes vectors of length one, as the index was made with. */
export interface Embedder {
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}
