import type { Language } from '../core/language.ts';

export interface Citation {
  /** Its number in the answer's text, from 1: `[1]`. */
  readonly n: number;
  readonly source: string;
  readonly heading: string;
  readonly text: string;
}

/** What the question-answering service returns. */
export interface Answer {
  /** Text in the asker's language with `[n]` marks; a plain sentence that the documents do not say when declined. */
  readonly answer: string;
  readonly declined: boolean;
  readonly language: Language;
  readonly citations: readonly Citation[];
  /** Name of the release that answered: `r3`. */
  readonly release: string;
  /** Milliseconds by part: language, analysis, retrieval, reading, generation, checking, total. */
  readonly timings: Readonly<Record<string, number>>;
}
