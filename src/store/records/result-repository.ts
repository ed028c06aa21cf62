import type { Selectable } from 'kysely';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { readJson, writeJson } from './json-column.ts';
import type { Claim, ResultCommit, ResultInput, ResultRecords, StepResult } from './result-records.ts';
import { changeStep } from './run-repository.ts';
import type { Database, StepResultsTable } from './schema.ts';

/** Rows in one statement: five columns each stay far below the 32,766 parameters that SQLite takes. */
const batch = 500;

export class ResultRepository implements ResultRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async get(key: Digest): Promise<StepResult | undefined> {
    const row = await this.#db
      .selectFrom('step_results')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirst();
    return row && toResult(row);
  }

  async latest(step: string, kind: string): Promise<StepResult | undefined> {
    const row = await this.#db
      .selectFrom('step_results')
      .selectAll()
      .where('step', '=', step)
      .where('kind', '=', kind)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toResult(row);
  }

  async inputs(key: Digest): Promise<ResultInput[]> {
    const rows = await this.#db
      .selectFrom('step_inputs')
      .selectAll()
      .where('key', '=', key)
      .orderBy('role')
      .orderBy('name')
      .execute();
    return rows.map(({ role, name, digest, label }) => ({
      role: role as ResultInput['role'],
      name,
      digest: digest as Digest,
      label,
    }));
  }

  async commit({ result, inputs, artifacts, change }: ResultCommit): Promise<void> {
    const { key, run, createdAt } = result;
    await this.#db.transaction().execute(async (tx) => {
      if (!(await takeClaim(tx, key, run))) throw claimLost(result);
      for (const { digest, kind, media, bytes, files } of artifacts) {
        await tx
          .insertInto('artifacts')
          .values({ digest, kind, media, bytes, files, created_at: createdAt })
          .onConflict((c) => c.column('digest').doNothing())
          .execute();
      }
      const row = {
        ...{ step: result.step, kind: result.kind, code: result.code, params: writeJson(result.params) },
        ...{ facts: writeJson(result.facts), outputs: writeJson(result.outputs), run_id: run },
        ...{ created_at: createdAt, duration: Math.round(result.duration) },
      };
      await tx
        .insertInto('step_results')
        .values({ key, ...row })
        .onConflict((c) => c.column('key').doUpdateSet(row))
        .execute();
      for (let at = 0; at < inputs.length; at += batch) {
        await tx
          .insertInto('step_inputs')
          .values(inputs.slice(at, at + batch).map((input) => ({ key, ...input })))
          .onConflict((c) => c.columns(['key', 'role', 'name']).doNothing())
          .execute();
      }
      for (const [name, digest] of Object.entries(result.outputs)) {
        await tx
          .insertInto('step_outputs')
          .values({ key, name, digest, created_at: createdAt })
          .onConflict((c) => c.columns(['key', 'name', 'digest']).doNothing())
          .execute();
      }
      await changeStep(tx, run, result.step, change);
    });
  }

  async claim(claim: Claim): Promise<Claim> {
    const { key, run, engine, at } = claim;
    const { numInsertedOrUpdatedRows = 0n } = await this.#db
      .insertInto('step_claims')
      .values({ key, run_id: run, engine, claimed_at: at })
      .onConflict((c) => c.column('key').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows > 0n) return claim;
    const row = await this.#db
      .selectFrom('step_claims')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirst();
    if (!row) return await this.claim(claim);
    return { key, run: row.run_id, engine: row.engine, at: Number(row.claimed_at) };
  }

  async takeOver(from: Claim, claim: Claim): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('step_claims')
      .set({ run_id: claim.run, engine: claim.engine, claimed_at: claim.at })
      .where('key', '=', from.key)
      .where('run_id', '=', from.run)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async release(key: Digest, run: string): Promise<void> {
    await this.#db.deleteFrom('step_claims').where('key', '=', key).where('run_id', '=', run).execute();
  }

  async releaseAll(run: string): Promise<void> {
    await this.#db.deleteFrom('step_claims').where('run_id', '=', run).execute();
  }
}

/** Gives the claim back; without one, only what this run had committed before may be committed again. */
async function takeClaim(tx: Database, key: Digest, run: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('step_claims')
    .where('key', '=', key)
    .where('run_id', '=', run)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return true;
  const row = await tx
    .selectFrom('step_results')
    .select('run_id')
    .where('key', '=', key)
    .where('run_id', '=', run)
    .executeTakeFirst();
  return row !== undefined;
}

function claimLost({ step, run }: StepResult): TowpathError {
  const message = `${run} no longer has the right to step ${step}: it was given up while it worked`;
  return new TowpathError('TOW_FLOW_CLAIM_LOST', message, { where: `step ${step}`, data: { run, step } });
}

function toResult(row: Selectable<StepResultsTable>): StepResult {
  return {
    key: row.key as Digest,
    step: row.step,
    kind: row.kind,
    code: row.code as Digest,
    params: readJson(row.params),
    facts: readJson(row.facts),
    outputs: readJson(row.outputs),
    run: row.run_id,
    createdAt: Number(row.created_at),
    duration: Number(row.duration),
  };
}
