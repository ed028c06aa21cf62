import { sql } from 'kysely';
import type { Digest } from '../../core/digest.ts';
import type { ArtifactInfo } from '../artifacts/artifact-store.ts';
import { headOf, readLedger, type Ledger } from './ledger.ts';
import { numberOf, type KeptResult } from './record-copies.ts';
import type { PromotionRecord, ReleaseRecord } from './release-records.ts';
import type { ResultInput } from './result-records.ts';
import { addSurroundings, inputOf, resultOf, rowOf } from './result-rows.ts';
import type { Database } from './schema.ts';

export interface Rebuilt {
  /** Those that are there already stay as they are. */
  readonly releases: readonly ReleaseRecord[];
  /** Takes the place of the ledger that is there. */
  readonly ledger?: readonly PromotionRecord[];
  readonly at: number;
  readonly actor: string;
  /** What was done, for the record. */
  readonly what: string;
}

/** What a repair reads and writes, beside what every command does. */
export interface RestoreRecords {
  /** Whether nothing was ever recorded: no run, result, release, promotion or repair. */
  isEmpty(): Promise<boolean>;
  counts(): Promise<{ readonly releases: number; readonly newest: number; readonly promotions: number }>;
  ledger(): Promise<Ledger>;
  /** Every result with its inputs and artifacts, one at a time. */
  results(): AsyncIterable<KeptResult>;
  /** Adds the results that are not there; says how many. */
  addResults(results: readonly KeptResult[]): Promise<number>;
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
      releases: Number(found?.releases ?? 0),
      newest: Number(found?.newest ?? 0),
      promotions: Number(found?.promotions ?? 0),
    };
  }

  async ledger(): Promise<Ledger> {
    return await readLedger(this.#db);
  }

  async *results(): AsyncIterable<KeptResult> {
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
        const result = resultOf(row);
        yield {
          result,
          inputs: await this.#inputs(row.key),
          artifacts: await this.#artifacts(Object.values(result.outputs)),
        };
      }
      if (rows.length === 0) return;
    }
  }

  async addResults(results: readonly KeptResult[]): Promise<number> {
    return await this.#db.transaction().execute(async (tx) => {
      let added = 0;
      for (const kept of results) if (await addResult(tx, kept)) added += 1;
      return added;
    });
  }

  async rebuild({ releases, ledger, at, actor, what }: Rebuilt): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { name, manifest, run, createdAt, createdBy } of releases) {
        await tx
          .insertInto('releases')
          .values({
            ...{ name, number: numberOf(name), manifest, run_id: run ?? null },
            ...{ created_at: createdAt, created_by: createdBy },
          })
          .onConflict((c) => c.doNothing())
          .execute();
      }
      if (ledger !== undefined) {
        await tx.deleteFrom('promotions').execute();
        await tx.deleteFrom('ledger_head').execute();
        for (const row of ledger) await tx.insertInto('promotions').values(row).execute();
        await tx.insertInto('ledger_head').values(headOf(ledger)).execute();
      }
      await tx.insertInto('repairs').values({ at, actor, what }).execute();
    });
  }

  async #inputs(key: string): Promise<ResultInput[]> {
    const rows = await this.#db.selectFrom('step_inputs').selectAll().where('key', '=', key).execute();
    return rows.map(inputOf);
  }

  async #artifacts(digests: readonly Digest[]): Promise<ArtifactInfo[]> {
    if (digests.length === 0) return [];
    const rows = await this.#db.selectFrom('artifacts').selectAll().where('digest', 'in', digests).execute();
    return rows.map(({ digest, kind, media, bytes, files }) => ({
      ...{ digest: digest as Digest, kind: kind as ArtifactInfo['kind'], media },
      ...{ bytes: Number(bytes), files: Number(files) },
    }));
  }
}

async function addResult(tx: Database, { result, inputs, artifacts }: KeptResult): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('step_results')
    .values(rowOf(result))
    .onConflict((c) => c.column('key').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) return false;
  await addSurroundings(tx, result, inputs, artifacts);
  return true;
}
