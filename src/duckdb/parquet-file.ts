import { sqlText, type Database } from './database.ts';

/**
 * Writes the rows of a query, in the query's order, as a Parquet file whose bytes depend on the rows alone: one
 * thread writes, because several would cut the row groups where they happen to meet.
 */
export async function writeParquet(
  database: Database,
  query: string,
  path: string,
  cores: number,
): Promise<void> {
  await database.run('SET threads = 1');
  await database.run(
    `COPY (${query}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)`,
  );
  await database.run(`SET threads = ${String(Math.max(1, cores))}`);
}
