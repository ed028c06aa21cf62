import { sortOf, type CodeSort } from '../question/code-sort.ts';
import type { QuestionKind } from '../question/kinds.ts';
import type { CandidateKind } from './candidates/candidate.ts';

type Fit = Partial<Record<CandidateKind, number>>;

/** How well a kind of candidate answers a kind of question; 0 where nothing is said. */
const fits: Record<QuestionKind, Fit> = {
  person: { name: 1, chunk: 0.2, quoted: 0.1, number: -1, date: -1, duration: -1 },
  place: { name: 0.9, code: 0.3, chunk: 0.3, number: -1, date: -1, duration: -1 },
  date: { date: 1.2, duration: 0.3, number: 0, clause: -0.2, chunk: -0.4, name: -0.4 },
  number: { number: 1.2, duration: 0.5, date: -0.1, chunk: -0.4, name: -0.6, clause: -0.6 },
  duration: { duration: 1.2, date: 0.5, number: 0.4, chunk: -0.4, name: -0.6, clause: -0.3 },
  definition: { clause: 0.5, chunk: 0.3, number: -0.5, date: -0.5 },
  'how-to': { code: 0.6, clause: 0.5, chunk: 0 },
  'yes-no': {},
  reason: { clause: 0.7, chunk: 0.2, number: -0.6, date: -0.6, duration: -0.6 },
  consequence: { clause: 0.4, chunk: 0, number: -0.5, date: -0.5, duration: -0.5 },
  identifier: { code: 1.2, quoted: 0.4, name: 0, chunk: 0 },
  value: { code: 0.5, version: 1.2, number: 1.1, duration: 1, quoted: 0.3, date: -0.5, name: -0.3 },
  other: {
    chunk: 0.4,
    name: 0.4,
    quoted: 0.4,
    code: 0.3,
    clause: 0,
    number: -0.3,
    date: -0.4,
    duration: -0.3,
  },
};

export function fit(question: QuestionKind, candidate: CandidateKind): number {
  return fits[question][candidate] ?? 0;
}

/** How well a piece of code is of the sort that is asked for: a command for "which command". */
export function sortFit(asked: CodeSort | undefined, code: string): number {
  if (asked === undefined) return 0;
  const own = sortOf(code);
  if (own === asked) return 0.3;
  // A one-word setting looks like any name, and a command may be asked for by its program's name alone.
  return own === 'name' && (asked === 'setting' || asked === 'command') ? 0 : -1;
}
