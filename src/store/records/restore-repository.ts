import { sql, type Selectable } from 'kysely';
import type { Digest } from '../../core/digest.ts';
import type { ArtifactInfo } from '../artifacts/artifact-store.ts';
import { headOf, readLedger, type Ledger } from './ledger.ts';
import type { KeptResult } from './record-copies.ts';
import { releaseRow } from './release-rows.ts';
import type { PromotionRecord, ReleaseRecord } from './release-records.ts';
import { addSurroundings, inputOf, resultOf, rowOf } from './result-rows.ts';
import { sameKeptResult } from './same-record.ts';
import type { Database, StepResultsTable } from './schema.ts';

export interface Rebuilt {
  /** Take the place of those of the same names. */
  readonly releases: readonly ReleaseRecord[];
  /** Names of releases that are taken out: each was another one's row, which is among `releases`. */
  readonly removed?: readonly string[];
  /** Takes the place of the ledger that is there. */
  readonly ledger?: readonly PromotionRecord[];
  readonly at: number;
  readonly actor: string;
  /** What was done, for the record. */
  readonly what: string;
}

export type ResultRow = Selectable<StepResultsTable>;

export interface DamagedResult {
  readonly damaged: ResultRow;
}

/** What a repair reads and writes, beside what every command does. */
export interface RestoreRecords {
  /** Whether nothing was ever recorded: no run, result, release, promotion or repair. */
  isEmpty(): Promise<boolean>;
  counts(): Promise<{ readonly releases: number; readonly newest: number; readonly promotions: number }>;
  ledger(): Promise<Ledger>;
  /** Every result with its inputs and artifacts, one at a time; the row itself where it is not as it was written. */
  results(): AsyncIterable<KeptResult | DamagedResult>;
  result(key: string): Promise<KeptResult | DamagedResult | undefined>;
  /** Writes the results that are not there or differ; says how many, and gives the rows that they took the place of. */
  putResults(
    results: readonly KeptResult[],
  ): Promise<{ readonly written: number; readonly replaced: readonly ResultRow[] }>;
  /** Takes out results that cannot be read; the next run makes them again. */
  dropResults(keys: readonly string[]): Promise<void>;
  /** All or nothing, with a note that it was done. */
  rebuild(rebuilt: Rebuilt): Promise<void>;
}

export class RestoreRepository implements RestoreRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async isEmpty(): Promise<boolean> {
    const { rows } = await sql<{ some: number }>`
      select exists (select 1 from runs) or exists (select 1 from step_results) or exists (select 1 from releases)
        or exists (select 1 from promotions) or exists (select 1 from repairs) as some`.execute(this.#db);
    return !rows[0]?.some;
  }

  async counts(): ReturnType<RestoreRecords['counts']> {
    const { rows } = await sql<{ releases: number; newest: number | null; promotions: number }>`
      select (select count(*) from releases) as releases, (select max(number) from releases) as newest,
        (select count(*) from promotions) as promotions`.execute(this.#db);
    const [found] = rows;
    return {
      releases: found?.releases ?? 0,
      newest: found?.newest ?? 0,
      promotions: found?.promotions ?? 0,
    };
  }

  async ledger(): Promise<Ledger> {
    return await readLedger(this.#db);
  }

  async *results(): AsyncIterable<KeptResult | DamagedResult> {
    for (let last = ''; ;) {
      const rows = await this.#db
        .selectFrom('step_results')
        .selectAll()
        .where('key', '>', last)
        .orderBy('key')
        .limit(20)
        .execute();
      for (const row of rows) {
        last = row.key;
        yield (await readResult(this.#db, row)) ?? { damaged: row };
      }
      if (rows.length === 0) return;
    }
  }

  async result(key: string): Promise<KeptResult | DamagedResult | undefined> {
    const row = await this.#db
      .selectFrom('step_results')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirst();
    return row && ((await readResult(this.#db, row)) ?? { damaged: row });
  }

  async putResults(results: readonly KeptResult[]): ReturnType<RestoreRecords['putResults']> {
    return await this.#db.transaction().execute(async (tx) => {
      const replaced: ResultRow[] = [];
      let written = 0;
      for (const kept of results) {
        const { key } = kept.result;
        const row = await tx.selectFrom('step_results').selectAll().where('key', '=', key).executeTakeFirst();
        const there = row && (await readResult(tx, row));
        if (there && sameKeptResult(there, kept)) continue;
        if (row) replaced.push(row);
        written += 1;
        await putResult(tx, kept);
      }
      return { written, replaced };
    });
  }

  async dropResults(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#db.deleteFrom('step_results').where('key', '=', key).execute();
  }

  async rebuild({ releases, removed = [], ledger, at, actor, what }: Rebuilt): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      if (ledger !== undefined) {
        await tx.deleteFrom('promotions').execute();
        await tx.deleteFrom('ledger_head').execute();
      }
      for (const name of removed) await tx.deleteFrom('releases').where('name', '=', name).execute();
      // Out of the way first: two releases may have changed places.
      for (const [at, { name }] of releases.entries()) {
        const row = { number: -1 - at, manifest: `repairing ${name}` };
        await tx.updateTable('releases').set(row).where('name', '=', name).execute();
      }
      for (const release of releases) {
        const row = releaseRow(release);
        await tx
          .insertInto('releases')
          .values(row)
          .onConflict((c) => c.column('name').doUpdateSet(row))
          .execute();
      }
      if (ledger !== undefined) {
        for (const row of ledger) await tx.insertInto('promotions').values(row).execute();
        await tx.insertInto('ledger_head').values(headOf(ledger)).execute();
      }
      await tx.insertInto('repairs').values({ at, actor, what }).execute();
    });
  }
}

/** A row with what belongs to it; undefined when it is not as it was written. */
async function readResult(db: Database, row: ResultRow): Promise<KeptResult | undefined> {
  const result = resultOf(row);
  if (result === undefined) return undefined;
  const inputs = await db.selectFrom('step_inputs').selectAll().where('key', '=', row.key).execute();
  const digests = Object.values(result.outputs);
  const artifacts =
    digests.length === 0
      ? []
      : await db.selectFrom('artifacts').selectAll().where('digest', 'in', digests).execute();
  return {
    result,
    inputs: inputs.map(inputOf),
    artifacts: artifacts.map(({ digest, kind, media, bytes, files }) => ({
      ...{ digest: digest as Digest, kind: kind as ArtifactInfo['kind'], media },
      ...{ bytes, files },
    })),
  };
}

async function putResult(tx: Database, { result, inputs, artifacts }: KeptResult): Promise<void> {
  const row = rowOf(result);
  await tx
    .insertInto('step_results')
    .values(row)
    .onConflict((c) => c.column('key').doUpdateSet(row))
    .execute();
  await tx.deleteFrom('step_inputs').where('key', '=', result.key).execute();
  await addSurroundings(tx, result, inputs, artifacts);
}
