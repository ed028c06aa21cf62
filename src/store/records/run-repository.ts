import type { Selectable } from 'kysely';
import type { Digest } from '../../core/digest.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Message } from '../../core/messages/message.ts';
import { readJson, writeJson } from './json-column.ts';
import {
  stepTransitions,
  type NewRun,
  type RunRecord,
  type RunRecords,
  type RunStatus,
  type RunStepRecord,
  type StepChange,
  type StepStatus,
} from './run-records.ts';
import type { Database, RunsTable, RunStepsTable } from './schema.ts';

const open: readonly StepStatus[] = ['pending', 'running'];

export class RunRepository implements RunRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async create(run: NewRun): Promise<void> {
    const { id, plan, engine } = run;
    await this.#db.transaction().execute(async (tx) => {
      const row = {
        ...{ id, plan, engine, status: 'running', started_at: run.startedAt, finished_at: null, error: null },
        ...{ resumed_from: run.resumedFrom ?? null, labels: writeJson(run.labels) },
        ...{ cancel_asked_at: null, cancel_asked_by: null },
      };
      await tx.insertInto('runs').values(row).execute();
      const steps = run.steps.map(({ name, kind }, position) => ({
        ...{
          run_id: id,
          name,
          position,
          kind,
          status: 'pending',
          key: null,
          reason: null,
          reason_text: null,
          started_at: null,
        },
        ...{ finished_at: null, attempts: 0, process: null, error: null, facts: null, outputs: null },
      }));
      for (let at = 0; at < steps.length; at += 500) {
        await tx
          .insertInto('run_steps')
          .values(steps.slice(at, at + 500))
          .execute();
      }
    });
  }

  async changeSteps(run: string, changes: ReadonlyMap<string, StepChange>): Promise<string[]> {
    if (changes.size === 0) return [];
    return await this.#db.transaction().execute(async (tx) => {
      const refused: string[] = [];
      for (const [name, change] of changes) {
        if (!(await changeStep(tx, run, name, change))) refused.push(name);
      }
      return refused;
    });
  }

  async finish(run: string, end: Parameters<RunRecords['finish']>[1]): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('runs')
        .set({ status: end.status, finished_at: end.at, error: end.error ? writeJson(end.error) : null })
        .where('id', '=', run)
        .where('status', '=', 'running')
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await tx
        .updateTable('run_steps')
        .set({ status: end.steps, finished_at: end.at, process: null })
        .where('run_id', '=', run)
        .where('status', 'in', open)
        .execute();
      return true;
    });
  }

  async get(id: string): Promise<RunRecord | undefined> {
    const row = await this.#db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toRun(row);
  }

  async find(prefix: string, limit: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select('id')
      // A range instead of LIKE: it uses the index, and `_` in a prefix stays an ordinary character.
      .where('id', '>=', prefix)
      .where('id', '<', `${prefix}\u{10ffff}`)
      .orderBy('started_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async list(options: { status?: RunStatus; plan?: Digest; limit?: number } = {}): Promise<RunRecord[]> {
    let query = this.#db.selectFrom('runs').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc');
    if (options.status) query = query.where('status', '=', options.status);
    if (options.plan) query = query.where('plan', '=', options.plan);
    const rows = await query.limit(options.limit ?? 100).execute();
    return rows.map(toRun);
  }

  async steps(run: string): Promise<RunStepRecord[]> {
    const rows = await this.#db
      .selectFrom('run_steps')
      .selectAll()
      .where('run_id', '=', run)
      .orderBy('position')
      .execute();
    return rows.map(toStep);
  }

  async step(run: string, name: string): Promise<RunStepRecord | undefined> {
    const row = await this.#db
      .selectFrom('run_steps')
      .selectAll()
      .where('run_id', '=', run)
      .where('name', '=', name)
      .executeTakeFirst();
    return row && toStep(row);
  }

  async askCancel(run: string, by: string, at: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('runs')
      .set({ cancel_asked_at: at, cancel_asked_by: by })
      .where('id', '=', run)
      .where('status', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async cancelAsked(run: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('runs')
      .select('cancel_asked_by')
      .where('id', '=', run)
      .executeTakeFirst();
    return row?.cancel_asked_by ?? undefined;
  }

  async usedBy(
    keys: readonly Digest[],
    limit: number,
  ): Promise<{ run: string; step: string; key: Digest }[]> {
    if (keys.length === 0) return [];
    const rows = await this.#db
      .selectFrom('run_steps')
      .innerJoin('runs', 'runs.id', 'run_steps.run_id')
      .select(['run_steps.run_id as run', 'run_steps.name as step', 'run_steps.key as key'])
      .where('run_steps.key', 'in', keys)
      .where('run_steps.status', 'in', ['done', 'cached'])
      .orderBy('runs.started_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ run, step, key }) => ({ run, step, key: key as Digest }));
  }
}

/** Moves one step to another state, if the one it is in allows it. */
export async function changeStep(
  db: Database,
  run: string,
  name: string,
  change: StepChange,
): Promise<boolean> {
  const from = Object.entries(stepTransitions).filter(([, to]) => to.includes(change.status));
  const { numUpdatedRows } = await db
    .updateTable('run_steps')
    .set({
      status: change.status,
      ...(change.key !== undefined && { key: change.key }),
      ...(change.reason !== undefined && { reason: change.reason }),
      ...(change.reasonText !== undefined && { reason_text: writeJson(change.reasonText) }),
      ...(change.startedAt !== undefined && { started_at: change.startedAt }),
      ...(change.finishedAt !== undefined && { finished_at: change.finishedAt }),
      ...(change.attempts !== undefined && { attempts: change.attempts }),
      ...(change.process !== undefined && { process: change.process }),
      ...(change.error !== undefined && { error: writeJson(change.error) }),
      ...(change.facts !== undefined && { facts: writeJson(change.facts) }),
      ...(change.outputs !== undefined && { outputs: writeJson(change.outputs) }),
    })
    .where('run_id', '=', run)
    .where('name', '=', name)
    .where(
      'status',
      'in',
      from.map(([status]) => status),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function toRun(row: Selectable<RunsTable>): RunRecord {
  return {
    id: row.id,
    plan: row.plan as Digest,
    status: row.status as RunStatus,
    engine: row.engine,
    startedAt: row.started_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.resumed_from !== null && { resumedFrom: row.resumed_from }),
    ...(row.error !== null && { error: readJson(row.error) as ErrorRecord }),
    labels: readJson(row.labels) as RunRecord['labels'],
    ...(row.cancel_asked_by !== null && { cancelAskedBy: row.cancel_asked_by }),
  };
}

function toStep(row: Selectable<RunStepsTable>): RunStepRecord {
  return {
    run: row.run_id,
    name: row.name,
    position: row.position,
    kind: row.kind,
    status: row.status as StepStatus,
    ...(row.key !== null && { key: row.key as Digest }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.reason_text !== null && { reasonText: readJson(row.reason_text) as Message }),
    ...(row.started_at !== null && { startedAt: row.started_at }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    attempts: row.attempts,
    ...(row.process !== null && { process: row.process }),
    ...(row.error !== null && { error: readJson(row.error) as ErrorRecord }),
    ...(row.facts !== null && { facts: readJson(row.facts) as NonNullable<RunStepRecord['facts']> }),
    ...(row.outputs !== null && { outputs: readJson(row.outputs) as NonNullable<RunStepRecord['outputs']> }),
  };
}
