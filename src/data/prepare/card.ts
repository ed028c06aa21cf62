import type { DatasetCard } from '../../contract/dataset-card.ts';
import type { Database } from '../../duckdb/database.ts';
import type { IngestSummary } from '../ingest/summary.ts';

/** Counts what the tables `prepared` and `duplicates` hold; `left` is what the step left out and masked. */
export async function datasetCard(
  database: Database,
  left: Pick<DatasetCard, 'rejected' | 'masked'>,
  summary: IngestSummary,
): Promise<DatasetCard> {
  const kept = 'prepared WHERE id NOT IN (SELECT id FROM duplicates)';
  const languages = await database.rows(
    `SELECT language, count(*)::INTEGER AS documents, sum(length(text))::DOUBLE AS characters FROM ${kept} GROUP BY language ORDER BY language`,
  );
  const splits = await database.rows(`SELECT split, count(*)::INTEGER AS n FROM ${kept} GROUP BY split`);
  const rejected = new Map(Object.entries(summary.rejected));
  for (const [code, n] of Object.entries(left.rejected)) rejected.set(code, (rejected.get(code) ?? 0) + n);
  const sum = (key: string) => languages.reduce((total, row) => total + Number(row[key]), 0);
  return {
    documents: sum('documents'),
    characters: sum('characters'),
    languages: Object.fromEntries(
      languages.map((row) => [
        String(row['language']),
        { documents: Number(row['documents']), characters: Number(row['characters']) },
      ]),
    ),
    splits: {
      train: 0,
      validation: 0,
      test: 0,
      ...Object.fromEntries(splits.map((row) => [String(row['split']), Number(row['n'])] as const)),
    },
    rejected: Object.fromEntries([...rejected].sort(([a], [b]) => (a < b ? -1 : 1))),
    masked: left.masked,
    sources: summary.files,
  };
}
