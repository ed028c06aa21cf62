import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { summarySchema } from '../fit/summary.ts';
import { trialsSchema, type SearchTrials } from '../search/trials.ts';
import { figures, type Figure, type JobHistory } from './history.ts';
import { means, type Point } from './thin.ts';

/** What the page of curves shows. */
export interface CurvesReport {
  readonly jobs: readonly JobHistory[];
  readonly search?: SearchTrials;
}

const points = z.record(z.enum(figures), z.array(z.tuple([z.number(), z.number()])));

const schema = z.object({
  schema: z.literal([1, 2]),
  jobs: z.array(
    z.object({
      name: z.string(),
      summary: summarySchema,
      final_loss: z.number().nullable(),
      /** Thinned, as they are drawn. */
      curves: points,
      /** Schema 1 left them out. */
      means: points.optional(),
    }),
  ),
  search: trialsSchema.optional(),
});

const file = 'curves.json';

/** Writes `curves.json`: the curves as they are drawn, thinned, and the summaries whole. */
export async function writeCurves(folder: string, { jobs, search }: CurvesReport): Promise<void> {
  const drawn = (curves: JobHistory['curves'], kind: 'points' | 'means'): Record<Figure, readonly Point[]> =>
    Object.fromEntries(figures.map((figure) => [figure, curves[figure][kind]])) as never;
  const plain = {
    schema: 2,
    jobs: jobs.map(({ name, summary, curves, finalLoss }) => ({
      ...{ name, summary, final_loss: finalLoss },
      ...{ curves: drawn(curves, 'points'), means: drawn(curves, 'means') },
    })),
    ...(search && { search }),
  };
  await writeFile(join(folder, file), `${JSON.stringify(plain)}\n`);
}

/** Reads a curves artifact. @throws ZodError or the file system's error: only the curves step writes one */
export async function readCurves(folder: string): Promise<CurvesReport> {
  const { jobs, search } = schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
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
