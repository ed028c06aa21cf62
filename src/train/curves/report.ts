import type { SearchTrials } from '../search/trials.ts';
import { figures, type JobHistory } from './history.ts';
import type { Point } from './thin.ts';

/** What the page of curves shows. */
export interface CurvesReport {
  readonly jobs: readonly JobHistory[];
  readonly search?: SearchTrials;
}

/** `curves.json`: the curves as they are drawn, thinned, and the summaries whole. */
export function curvesJson({ jobs, search }: CurvesReport): string {
  const plain = {
    schema: 1,
    jobs: jobs.map(({ name, summary, curves, finalLoss }) => ({
      name,
      summary,
      final_loss: finalLoss,
      curves: Object.fromEntries(
        figures.map((figure): [string, readonly Point[]] => [figure, curves[figure].points]),
      ),
    })),
    ...(search && { search }),
  };
  return `${JSON.stringify(plain)}\n`;
}
