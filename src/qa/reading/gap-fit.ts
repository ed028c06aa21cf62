import type { Question } from '../question/question.ts';
import type { Candidate } from './candidates/candidate.ts';
import type { ScoredUnit } from './score-units.ts';

const reach = 12;

/**
 * How well a candidate stands where the question's gap stands: what the question says just before and after its
 * asking word, sought just before and after the candidate. 0 to 1.
 */
export function gapFit(question: Question, scored: ScoredUnit, candidate: Candidate): number {
  const { text } = scored.page;
  const before = plain(text.slice(Math.max(scored.unit.start, candidate.start - 2 * reach), candidate.start));
  const after = plain(text.slice(candidate.end, Math.min(scored.unit.end, candidate.end + 2 * reach)));
  const left = plain(question.text.slice(0, question.gap.start));
  const right = plain(question.text.slice(question.gap.end));
  return 0.5 * echo(reversed(left), reversed(before)) + 0.5 * echo(right, after);
}

/** Share of the first letters of `asked` found near the start of `said`, nearer ones counting more. */
function echo(asked: string, said: string): number {
  if (asked === '') return 0;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < Math.min(asked.length, reach); i += 1) {
    const weight = 1 / (1 + i / 3);
    total += weight;
    const pair = asked.slice(i, i + 2);
    const at = said.indexOf(pair.length === 2 ? pair : (asked[i] ?? ''));
    if (at !== -1) sum += weight / (1 + Math.abs(at - i) / 6);
  }
  return sum / total;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s\p{P}]+/gu, '');
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}
