import type { Language } from '../core/language.ts';

/** One question of an evaluation suite: a line of its JSONL file. */
export interface SuiteQuestion {
  readonly id: string;
  readonly language: Language;
  readonly question: string;
  /** Accepted answers; empty when the documents do not answer and the question must be declined. */
  readonly answers: readonly string[];
  /** Where the answer stands: the document's source path and a verbatim excerpt of the passage. Left out when declined. */
  readonly passage?: { readonly source: string; readonly text: string };
}

/** What a release said to one suite question: a line of the `answers.jsonl` artifact. */
export interface SuiteAnswer {
  readonly id: string;
  readonly answer: string;
  readonly declined: boolean;
  readonly citations: readonly { readonly source: string; readonly heading: string; readonly text: string }[];
  /** Passages as retrieved, best first, before any were cited. */
  readonly retrieved: readonly { readonly id: string; readonly source: string; readonly text: string }[];
  /** Milliseconds, whole answer. */
  readonly latency: number;
  /** Set when the service failed instead of answering. */
  readonly error?: string;
}
