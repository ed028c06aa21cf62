import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Claim, ResultCommit, ResultInput, ResultRecords, StepResult } from './result-records.ts';
import { addSurroundings, inputOf, resultOf, rowOf } from './result-rows.ts';
import { changeStep } from './run-repository.ts';
import type { Database } from './schema.ts';

export class ResultRepository implements ResultRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async get(key: Digest): Promise<StepResult | 'damaged' | undefined> {
    const row = await this.#db
      .selectFrom('step_results')
      .selectAll()
      .where('key', '=', key)
      .executeTakeFirst();
    return row && (resultOf(row) ?? 'damaged');
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
    return row && resultOf(row);
  }

  async inputs(key: Digest): Promise<ResultInput[]> {
    const rows = await this.#db
      .selectFrom('step_inputs')
      .selectAll()
      .where('key', '=', key)
      .orderBy('role')
      .orderBy('name')
      .execute();
    return rows.map(inputOf);
  }

  async commit({ result, inputs, artifacts, change }: ResultCommit): Promise<void> {
    const { key, run } = result;
    await this.#db.transaction().execute(async (tx) => {
      if (!(await takeClaim(tx, key, run))) throw claimLost(result);
      const row = rowOf(result);
      await tx
        .insertInto('step_results')
        .values(row)
        .onConflict((c) => c.column('key').doUpdateSet(row))
        .execute();
      await addSurroundings(tx, result, inputs, artifacts);
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
    return { key, run: row.run_id, engine: row.engine, at: row.claimed_at };
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
  return new TowpathError('TOW_FLOW_CLAIM_LOST', say('store.claim-lost', { run, step }), {
    where: say('where.step', { step }),
    data: { run, step },
  });
}
