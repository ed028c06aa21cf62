import type { Question } from '../question/question.ts';
import { saying } from '../reading/match.ts';
import type { Reading } from '../reading/reader.ts';

/** What speaks for a reading's best unit, each from 0 to 1. */
export interface Evidence {
  /** Weighted share of the question's words that the unit says, neighbours and heading helping. */
  readonly unit: number;
  /** The same over the whole passage. */
  readonly page: number;
  /** Share of the question's names, quotations, numbers and code that the passage has. */
  readonly entities: number;
}

export function evidenceOf(question: Question, reading: Reading): Evidence {
  const best = reading.units[0];
  if (best === undefined) return { unit: 0, page: 0, entities: 0 };
  const { page } = best;
  let total = 0;
  let said = 0;
  for (const keyword of question.keywords) {
    total += keyword.weight;
    said += keyword.weight * Math.max(saying(keyword, page.whole), 0.9 * saying(keyword, page.heading));
  }
  const { entities } = question;
  const present = entities.filter(
    (name) => page.whole.lower.includes(name) || page.heading.lower.includes(name),
  );
  return {
    unit: best.coverage,
    page: total === 0 ? 0 : said / total,
    entities: entities.length === 0 ? 1 : present.length / entities.length,
  };
}

/** How far the passages support an answer at all, 0 to 1; compared with `qa.decline_below`. */
export function supportOf(evidence: Evidence): number {
  const raw = 0.45 * evidence.unit + 0.4 * evidence.page + 0.15 * evidence.entities;
  return Math.max(0, Math.min(1, raw));
}
