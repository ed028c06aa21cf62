import type { Question } from '../question/question.ts';
import { candidatesOf } from './candidates/all.ts';
import type { Candidate } from './candidates/candidate.ts';
import { echoesOf, nearness, repetition } from './echoes.ts';
import { fit, sortFit } from './fit.ts';
import { focusFit } from './focus-fit.ts';
import { gapFit } from './gap-fit.ts';
import { kindSigns } from './kind-signs.ts';
import type { ScoredUnit } from './score-units.ts';
import { shape } from './shape.ts';

export interface ScoredSpan {
  readonly in: ScoredUnit;
  readonly kind: Candidate['kind'];
  readonly start: number;
  readonly end: number;
  /** Verbatim: `page.text.slice(start, end)`. */
  readonly text: string;
  readonly score: number;
  /** The part of the score that is the span's own, without its unit's. */
  readonly standing: number;
}

interface Weights {
  readonly unit: number;
  readonly fit: number;
  readonly near: number;
  readonly gap: number;
  readonly focus: number;
  readonly repeats: number;
  readonly shape: number;
  /** Letters at which nearness halves. */
  readonly reach: number;
}

/** Round figures chosen by hand on the development half of the articles. Chinese asks in place, so its gap tells more. */
const weights: Record<'en' | 'zh', Weights> = {
  en: { unit: 3, fit: 1, near: 1.2, gap: 1, focus: 0.5, repeats: -1.6, shape: 1, reach: 25 },
  zh: { unit: 3, fit: 1, near: 1.2, gap: 2, focus: 0.6, repeats: -2, shape: 1, reach: 10 },
};

/** Every candidate is held against every word of its unit: a longer one, no sentence any more, has no short answer. */
const longestUnit = 2000;

/** The candidates of the best units, best first. */
export function scoreSpans(question: Question, units: readonly ScoredUnit[]): ScoredSpan[] {
  const weight = weights[question.language === 'zh' ? 'zh' : 'en'];
  return units
    .flatMap((scored) => scoreUnit(question, scored, weight))
    .sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
}

function scoreUnit(question: Question, scored: ScoredUnit, weight: Weights): ScoredSpan[] {
  if (scored.unit.text.length > longestUnit) return [];
  const echoes = echoesOf(question, scored);
  const { page } = scored;
  return candidatesOf(scored.unit).map((candidate) => {
    const { kind, start, end } = candidate;
    const text = page.text.slice(start, end);
    const standing =
      weight.fit *
        (fit(question.kind, kind) +
          (kind === 'code' ? sortFit(question.sort, text) : 0) +
          kindSigns(question, candidate, page.text)) +
      weight.near * nearness(question, echoes, start, end, weight.reach) +
      weight.gap * gapFit(question, scored, candidate) +
      weight.focus * focusFit(question, scored, candidate) +
      weight.repeats * repetition(question, text, echoes, start) +
      weight.shape * shape(scored, candidate);
    return { in: scored, kind, start, end, text, score: weight.unit * scored.score + standing, standing };
  });
}
