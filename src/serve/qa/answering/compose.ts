import type { Question } from '../question/question.ts';
import type { Reading } from '../reading/reader.ts';
import type { ScoredUnit } from '../reading/score-units.ts';
import { shortAnswer } from './form.ts';
import { readable } from './readable.ts';

/** A sentence of an answer before it is checked, and the retrieved passages (by rank) that it rests on. */
export interface Draft {
  readonly text: string;
  readonly ranks: readonly number[];
}

/** Most units quoted in one answer. */
const longest = 3;

/** The few words that answer, where the question asks for few and the reader can be trusted with them. */
export function shortDraft(question: Question, reading: Reading): Draft | undefined {
  const span = shortAnswer(question, reading);
  return span && { text: readable(span.text), ranks: [span.in.page.rank] };
}

/** The best unit, with the units after it that go on with the same matter: steps, code, list items. */
export function quote(question: Question, reading: Reading): Draft[] {
  const best = reading.units[0];
  if (best === undefined) return [];
  const chosen: ScoredUnit[] = [best];
  if (question.kind === 'how-to' || question.kind === 'definition') {
    const following = reading.units
      .filter(({ page, place }) => page === best.page && place > best.place && place < best.place + longest)
      .sort((a, b) => a.place - b.place);
    for (const unit of following) {
      if (!goesOn(chosen[chosen.length - 1], unit)) break;
      chosen.push(unit);
    }
  }
  return chosen.map(({ page, unit }) => ({ text: readable(unit.text), ranks: [page.rank] }));
}

/** A sentence ending in a colon leads to what follows; steps follow steps. */
function goesOn(before: ScoredUnit | undefined, next: ScoredUnit): boolean {
  if (before === undefined || next.place !== before.place + 1) return false;
  if (/[:：]$/.test(before.unit.text)) return true;
  return before.unit.kind === 'item' && next.unit.kind === 'item' ? true : next.unit.kind === 'code';
}
