import type { Question } from '../question/question.ts';
import type { ScoredPassage } from '../retrieval/retriever.ts';
import { pagesOf } from './page.ts';
import { scoreSpans, type ScoredSpan } from './score-spans.ts';
import { scoreUnits, type ScoredUnit } from './score-units.ts';

export interface Reading {
  /** Best first. */
  readonly units: readonly ScoredUnit[];
  /** Best first. */
  readonly spans: readonly ScoredSpan[];
}

/** Units that are searched for short answers. */
const searched = 6;

/** Reads the passages for one question: which sentences answer, and which few words in them. */
export function read(question: Question, found: readonly ScoredPassage[]): Reading {
  const units = scoreUnits(question, pagesOf(found));
  return { units, spans: scoreSpans(question, units.slice(0, searched)) };
}
