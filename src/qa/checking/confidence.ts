import type { Keyword, Question } from '../question/question.ts';
import { saying, type Matchable } from '../reading/match.ts';
import type { Reading } from '../reading/reader.ts';
import { isHan } from '../text/token.ts';

/** What speaks for a reading's best unit. Shares are from 0 to 1. */
export interface Evidence {
  /** Weighted share of the question's words that the unit says, its neighbours and heading helping a little. */
  readonly unit: number;
  /** The same over the whole passage and its heading. */
  readonly page: number;
  /** Share of the question's names, quotations, numbers and code that the passage has. */
  readonly entities: number;
  /** How much is said in all, not as a share: one rare word found of one asked is less than five of six. */
  readonly mass: number;
  /** Whether the question names something that no passage of the index has. */
  readonly stranger: boolean;
}

/** Mass from which more counts no more: about four words that few passages have; in a small index words are less rare. */
const enough = 18;
const enoughWords = 3;

/** Words that no passage has and that name nothing count half: people ask in words of their own. */
const ownWord = 0.5;

/** What is left of the support when the question names something that the index does not have. */
const strange = 0.6;

export function evidenceOf(question: Question, reading: Reading): Evidence {
  const best = reading.units[0];
  if (best === undefined) return { unit: 0, page: 0, entities: 0, mass: 0, stranger: false };
  const { page, unit, place } = best;
  const beside = [page.units[place - 1], page.units[place + 1]];
  let total = 0;
  const sums = { unit: 0, page: 0, mass: 0 };
  for (const keyword of question.keywords) {
    const weight = keyword.weight * (ownWordOf(keyword) ? ownWord : 1);
    const here = saying(keyword, unit);
    const near = Math.max(...beside.map((text) => saidBy(keyword, text)));
    const above = saying(keyword, page.heading);
    const anywhere = saying(keyword, page.whole);
    total += weight;
    sums.unit += weight * Math.max(here, 0.3 * near, 0.3 * above, 0.2 * anywhere);
    sums.page += weight * Math.max(anywhere, 0.9 * above);
    sums.mass += weight * Math.max(here, 0.7 * near, 0.5 * above, 0.6 * anywhere);
  }
  const { entities } = question;
  const said = question.keywords.filter(
    (keyword) => saying(keyword, page.whole) + saying(keyword, page.heading) > 0.7,
  );
  const present = entities.filter(
    (name) =>
      page.whole.lower.includes(name) ||
      page.heading.lower.includes(name) ||
      said.some(({ text }) => name === text || name === `${text}s`),
  );
  return {
    unit: total === 0 ? 0 : sums.unit / total,
    page: total === 0 ? 0 : sums.page / total,
    entities: entities.length === 0 ? 1 : present.length / entities.length,
    mass: Math.min(1, sums.mass / Math.min(enough, enoughWords * question.rarest)),
    stranger:
      question.keywords.some(({ named, known, text }) => named && !known && !isHan(text)) ||
      entities.some((name) => /\w[_./@]\w/.test(name) && !/^[\d.]+$/.test(name) && !present.includes(name)),
  };
}

/**
 * How far the passages support an answer at all, 0 to 1; compared with `qa.decline_below`. Weights are round figures
 * set by hand on the development halves, where a logistic fit of the same signs was no better; the benches print how
 * often answerable and unanswerable questions are declined.
 */
export function supportOf({ unit, page, entities, mass, stranger }: Evidence): number {
  const share = (0.45 * unit + 0.4 * page + 0.15 * entities) * (stranger ? strange : 1);
  return 0.6 * share + 0.4 * mass;
}

function ownWordOf({ known, named, text }: Keyword): boolean {
  return !known && !named && !isHan(text);
}

function saidBy(keyword: Keyword, text: Matchable | undefined): number {
  return text === undefined ? 0 : saying(keyword, text);
}
