import type { Question } from '../question/question.ts';
import { candidatesOf } from './candidates/all.ts';
import type { Candidate } from './candidates/candidate.ts';
import { fit } from './fit.ts';
import { near } from './match.ts';
import { gapFit } from './gap-fit.ts';
import type { ScoredUnit } from './score-units.ts';

export interface ScoredSpan {
  readonly in: ScoredUnit;
  readonly kind: Candidate['kind'];
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly score: number;
}

/** Round figures chosen by hand on the development half of the articles. */
const weights = { unit: 3, fit: 1, near: 1.2, gap: 1, focus: 0.5, repeats: -1.6 } as const;

/** The candidates of the best units, best first. */
export function scoreSpans(question: Question, units: readonly ScoredUnit[]): ScoredSpan[] {
  return units
    .flatMap((unit) => candidatesOf(unit.unit).map((candidate) => scoreSpan(question, unit, candidate)))
    .sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
}

function scoreSpan(question: Question, scored: ScoredUnit, candidate: Candidate): ScoredSpan {
  const { page, unit } = scored;
  const text = page.text.slice(candidate.start, candidate.end);
  const inside = unit.tokens.filter(({ start, end }) => start >= candidate.start && end <= candidate.end);
  const total = question.keywords.reduce((sum, { weight }) => sum + weight, 0) || 1;

  let repeats = 0;
  let nearness = 0;
  for (const keyword of question.keywords) {
    let distance = Number.POSITIVE_INFINITY;
    unit.tokens.forEach((token) => {
      if (token.stem !== keyword.stem && !near(token.stem, keyword.stem)) return;
      const gap =
        token.end <= candidate.start
          ? candidate.start - token.end
          : token.start >= candidate.end
            ? token.start - candidate.end
            : 0;
      if (token.start >= candidate.start && token.end <= candidate.end) return;
      distance = Math.min(distance, gap);
    });
    if (distance !== Number.POSITIVE_INFINITY) nearness += keyword.weight / (1 + distance / 25);
  }
  const content = inside.filter(({ stop }) => !stop);
  const said = content.filter((token) =>
    question.keywords.some((keyword) => keyword.stem === token.stem || near(keyword.stem, token.stem)),
  );
  repeats = content.length === 0 ? 1 : said.length / content.length;
  const focused =
    question.focus.length > 0 && repeats < 1 && inside.some((token) => question.focus.includes(token.stem))
      ? 1
      : 0;

  const score =
    weights.unit * scored.score +
    weights.fit * fit(question.kind, candidate.kind) +
    (weights.near * nearness) / total +
    weights.gap * gapFit(question, scored, candidate) +
    weights.focus * focused +
    weights.repeats * repeats;
  return { in: scored, kind: candidate.kind, start: candidate.start, end: candidate.end, text, score };
}
