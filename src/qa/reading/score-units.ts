import type { Question } from '../question/question.ts';
import { quotableCode } from './commands.ts';
import { cue } from './cues.ts';
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

/** Round figures chosen by hand on the development halves; the bench prints what the whole of them is worth. */
const share = {
  unit: 1,
  neighbour: 0.3,
  /** What a word in the heading counts for the section's first sentence, and for the others. */
  opening: 0.6,
  heading: 0.4,
  page: 0.2,
  pairs: 0.35,
  standing: 0.25,
  cue: 0.15,
} as const;

/** Every unit of every page that may be quoted, best first; equal scores keep the order of retrieval and of the text. */
export function scoreUnits(question: Question, pages: readonly Page[]): ScoredUnit[] {
  const scored = pages
    .flatMap((page) => scorePage(question, page))
    .filter(({ unit }) => mayAnswer(question, unit));
  return scored.sort((a, b) => b.score - a.score || a.page.rank - b.page.rank || a.place - b.place);
}

/** Code answers only who asks for something to type; a transcript or a listing answers nobody. */
function mayAnswer(question: Question, unit: ReadUnit): boolean {
  if (unit.kind !== 'code') return true;
  const wanted =
    question.kind === 'how-to' ||
    question.sort === 'command' ||
    /\bexamples?\b|例子|示例/iu.test(question.text);
  return wanted && quotableCode(unit) !== undefined;
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
        (place === 0 ? share.opening : share.heading) * (inHeading[i] ?? 0),
        share.page * (inPage[i] ?? 0),
      );
      own += weight * here;
      helped += weight * Math.max(here, help);
    });
    const coverage = helped / total;
    const score =
      share.unit * coverage +
      share.pairs * pairsIn(pairs, unit) +
      share.standing * page.standing +
      share.cue * cue(question, unit);
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
