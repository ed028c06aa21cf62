import type { Question } from '../question/question.ts';
import { saying, type Matchable } from './match.ts';
import type { Page, ReadUnit } from './page.ts';

export interface ScoredUnit {
  readonly page: Page;
  readonly unit: ReadUnit;
  /** Place among the page's units. */
  readonly place: number;
  readonly score: number;
  /** Share of the question's weight that the unit says, with help from its neighbours and heading, 0 to 1. */
  readonly coverage: number;
}

/** Round figures chosen by hand on the development half of the articles; the bench prints what each part is worth. */
const share = { unit: 1, neighbour: 0.3, heading: 0.3, page: 0.2, pairs: 0.35, standing: 0.25 } as const;

/** Every unit of every page, best first; equal scores keep the order of retrieval and of the text. */
export function scoreUnits(question: Question, pages: readonly Page[]): ScoredUnit[] {
  const scored = pages.flatMap((page) => scorePage(question, page));
  return scored.sort((a, b) => b.score - a.score || a.page.rank - b.page.rank || a.place - b.place);
}

function scorePage(question: Question, page: Page): ScoredUnit[] {
  const total = question.keywords.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const inHeading = question.keywords.map((keyword) => saying(keyword, page.heading));
  const inPage = question.keywords.map((keyword) => saying(keyword, page.whole));
  const inUnits = page.units.map((unit) => question.keywords.map((keyword) => saying(keyword, unit)));
  const pairs = pairsOf(question.text);

  return page.units.map((unit, place) => {
    let own = 0;
    let helped = 0;
    question.keywords.forEach(({ weight }, i) => {
      const here = inUnits[place]?.[i] ?? 0;
      const beside = Math.max(inUnits[place - 1]?.[i] ?? 0, inUnits[place + 1]?.[i] ?? 0);
      const help = Math.max(
        share.neighbour * beside,
        share.heading * (inHeading[i] ?? 0),
        share.page * (inPage[i] ?? 0),
      );
      own += weight * here;
      helped += weight * Math.max(here, help);
    });
    const coverage = helped / total;
    const score = share.unit * coverage + share.pairs * pairsIn(pairs, unit) + share.standing * page.standing;
    return { page, unit, place, score, coverage: Math.max(coverage, own / total) };
  });
}

/** Neighbouring content words (English) or letters (Chinese): wording kept in order is a stronger sign. */
function pairsOf(question: string): string[] {
  const plain = question.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  const pairs: string[] = [];
  for (const run of plain.match(/\p{Script=Han}+/gu) ?? []) {
    for (let i = 0; i + 2 <= run.length; i += 1) pairs.push(run.slice(i, i + 2));
  }
  const words = plain
    .replace(/\p{Script=Han}+/gu, ' ')
    .trim()
    .split(/\s+/);
  for (let i = 0; i + 1 < words.length; i += 1) pairs.push(`${words[i]} ${words[i + 1]}`);
  return pairs;
}

function pairsIn(pairs: readonly string[], text: Matchable): number {
  if (pairs.length === 0) return 0;
  const plain = text.lower.replace(/[^\p{L}\p{N}]+/gu, ' ');
  return pairs.filter((pair) => plain.includes(pair)).length / pairs.length;
}
