import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { summaryFormat, summarySchema, type TrainingSummary } from '../fit/summary.ts';
import { means, thin, type Point } from './thin.ts';

/** What a trainer measures at a step; `metrics.jsonl` has a line for each. */
export const figures = ['loss', 'validation_loss', 'rate', 'norm', 'tokens_per_second'] as const;
export type Figure = (typeof figures)[number];

const figure = z.number().nullish();
const line = z.object({
  step: z.int(),
  loss: figure,
  validation_loss: figure,
  rate: figure,
  norm: figure,
  tokens_per_second: figure,
});

interface Curve {
  /** Spikes kept, at most 1000. */
  readonly points: readonly Point[];
  readonly means: readonly Point[];
}

/** What a job's training has come to, and how. */
export interface JobHistory {
  readonly name: string;
  readonly summary: TrainingSummary;
  readonly curves: Readonly<Record<Figure, Curve>>;
  /** Mean training loss of the last twentieth of the steps; null when no step was made. */
  readonly finalLoss: number | null;
}

/** Reads a history artifact. @throws TOW_CONTRACT_UNREADABLE */
export async function readHistory(name: string, folder: string): Promise<JobHistory> {
  const series: Record<Figure, Point[]> = {
    loss: [],
    validation_loss: [],
    rate: [],
    norm: [],
    tokens_per_second: [],
  };
  const file = createReadStream(join(folder, 'metrics.jsonl'), 'utf8');
  for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
    const point = line.parse(JSON.parse(text));
    for (const each of figures) {
      const value = point[each];
      if (value !== null && value !== undefined) series[each].push([point.step, value]);
    }
  }
  const curve = (each: Figure): Curve => ({ points: thin(series[each]), means: means(series[each]) });
  const last = series.loss.slice(-Math.max(1, Math.floor(series.loss.length / 20)));
  return {
    name,
    summary: summarySchema.parse(await summaryFormat.read(folder)),
    curves: {
      loss: curve('loss'),
      validation_loss: curve('validation_loss'),
      rate: curve('rate'),
      norm: curve('norm'),
      tokens_per_second: curve('tokens_per_second'),
    },
    finalLoss: last.length === 0 ? null : last.reduce((sum, [, value]) => sum + value, 0) / last.length,
  };
}
