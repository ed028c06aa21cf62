import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { trainerJob, type TrainerJob } from '../jobs/schema.ts';

const count = z.int().nonnegative();
const split = z.object({
  sequences: count,
  tokens: count,
  targets: count,
  rows: count,
  cut: count,
  refused: count,
});
const tokensSchema = z.object({
  shape: z.enum(['text', 'rows', 'scores']),
  context: count,
  vocabulary: count,
  splits: z.record(z.string(), split),
});
export type TokensFacts = z.infer<typeof tokensSchema>;

const modelSchema = z.object({
  name: z.string(),
  licence: z.string(),
  origin: z.string(),
  sha256: z.string(),
});
export type BaseFacts = z.infer<typeof modelSchema>;

const datasetSchema = z.object({
  documents: count,
  languages: z.record(z.string(), z.object({ documents: count, characters: count })),
  splits: z.record(z.string(), count),
});
export type DatasetFacts = z.infer<typeof datasetSchema>;

const figure = z.number().nullable();
const reportSchema = z.object({
  verdict: z.enum(['passed', 'failed']),
  suites: z.array(z.object({ path: z.string(), digest: z.string(), questions: count })),
  metrics: z.array(
    z.object({
      name: z.string(),
      language: z.string().optional(),
      unit: z.enum(['share', 'ms']),
      figure,
      low: figure,
      high: figure,
      questions: count,
    }),
  ),
});
export type EvaluationFacts = z.infer<typeof reportSchema>;

export const readTokens = (folder: string): Promise<TokensFacts> => read(tokensSchema, folder, 'tokens.json');
export const readBase = (folder: string): Promise<BaseFacts> => read(modelSchema, folder, 'model.json');
export const readDataset = (folder: string): Promise<DatasetFacts> =>
  read(datasetSchema, folder, 'card.json');
export const readReport = (folder: string): Promise<EvaluationFacts> =>
  read(reportSchema, folder, 'report.json');

/** The job as it ran: after a search its settings are the winner's. */
export async function readJob(history: string): Promise<TrainerJob> {
  return (await read(z.object({ job: trainerJob }), history, 'summary.json')).job;
}

/** Each of these files is written by a step of ours, so one that does not fit is our fault. */
async function read<T>(schema: z.ZodType<T>, folder: string, file: string): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
}
