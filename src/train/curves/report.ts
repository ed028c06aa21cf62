import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import { summarySchema } from '../fit/summary.ts';
import { trialsSchema, type SearchTrials } from '../search/trials.ts';
import { figures, type Figure, type JobHistory } from './history.ts';
import { means, type Point } from './thin.ts';

/** What the page of curves shows. */
export interface CurvesReport {
  readonly jobs: readonly JobHistory[];
  readonly search?: SearchTrials;
}

const points = z.record(z.enum(figures), z.array(z.tuple([z.number(), z.number()]).readonly()).readonly());

const fields = z.object({
  jobs: z.array(
    z.object({
      name: z.string(),
      summary: summarySchema,
      final_loss: z.number().nullable(),
      /** Thinned, as they are drawn. */
      curves: points,
      /** Version 1 left them out. */
      means: points.optional(),
    }),
  ),
  search: trialsSchema.optional(),
});

/** The `curves.json` of a curves artifact. */
const format = jsonFormat({ file: 'curves.json', version: 2, fields, older: [(value) => value] });

/** Writes `curves.json`: the curves as they are drawn, thinned, and the summaries whole. */
export async function writeCurves(folder: string, { jobs, search }: CurvesReport): Promise<void> {
  const drawn = (curves: JobHistory['curves'], kind: 'points' | 'means'): Record<Figure, readonly Point[]> =>
    Object.fromEntries(figures.map((figure) => [figure, curves[figure][kind]])) as never;
  await format.write(folder, {
    jobs: jobs.map(({ name, summary, curves, finalLoss }) => ({
      ...{ name, summary, final_loss: finalLoss },
      ...{ curves: drawn(curves, 'points'), means: drawn(curves, 'means') },
    })),
    ...(search && { search }),
  });
}

/** Reads a curves artifact. @throws TOW_CONTRACT_UNREADABLE */
export async function readCurves(folder: string): Promise<CurvesReport> {
  const { jobs, search } = await format.read(folder);
  return {
    jobs: jobs.map(({ name, summary, final_loss: finalLoss, curves, means: drawn }) => ({
      ...{ name, summary, finalLoss },
      curves: Object.fromEntries(
        figures.map((figure) => [
          figure,
          { points: curves[figure], means: drawn?.[figure] ?? means(curves[figure]) },
        ]),
      ) as unknown as JobHistory['curves'],
    })),
    ...(search && { search }),
  };
}
