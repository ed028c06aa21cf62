import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Runs, their steps, the results that later runs reuse, and the lineage between digests. */
export const runsMigration: Migration = {
  version: 1,
  name: 'runs',
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('runs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('plan', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('engine', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('resumed_from', 'text')
      .addColumn('error', 'text')
      .addColumn('labels', 'text', (c) => c.notNull())
      .addColumn('cancel_asked_at', 'bigint')
      .addColumn('cancel_asked_by', 'text')
      .execute();
    await db.schema.createIndex('runs_by_status').on('runs').column('status').execute();
    await db.schema
      .createTable('run_steps')
      .addColumn('run_id', 'text', (c) => c.notNull().references('runs.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('position', 'bigint', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('key', 'text')
      .addColumn('reason', 'text')
      .addColumn('started_at', 'bigint')
      .addColumn('finished_at', 'bigint')
      .addColumn('attempts', 'bigint', (c) => c.notNull())
      .addColumn('process', 'text')
      .addColumn('error', 'text')
      .addColumn('facts', 'text')
      .addColumn('outputs', 'text')
      .addPrimaryKeyConstraint('run_steps_pk', ['run_id', 'name'])
      .execute();
    await db.schema.createIndex('run_steps_by_key').on('run_steps').column('key').execute();
    await db.schema
      .createTable('step_results')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('step', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('code', 'text', (c) => c.notNull())
      .addColumn('params', 'text', (c) => c.notNull())
      .addColumn('facts', 'text', (c) => c.notNull())
      .addColumn('outputs', 'text', (c) => c.notNull())
      .addColumn('run_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('duration', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('step_results_by_step')
      .on('step_results')
      .columns(['step', 'kind', 'created_at'])
      .execute();
    await db.schema
      .createTable('step_inputs')
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('step_inputs_pk', ['key', 'role', 'name'])
      .execute();
    await db.schema.createIndex('step_inputs_by_digest').on('step_inputs').column('digest').execute();
    await db.schema.createIndex('step_inputs_by_label').on('step_inputs').column('label').execute();
    await db.schema
      .createTable('step_outputs')
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('step_outputs_pk', ['key', 'name', 'digest'])
      .execute();
    await db.schema.createIndex('step_outputs_by_digest').on('step_outputs').column('digest').execute();
    await db.schema
      .createTable('step_claims')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('run_id', 'text', (c) => c.notNull())
      .addColumn('engine', 'text', (c) => c.notNull())
      .addColumn('claimed_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('artifacts')
      .addColumn('digest', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('media', 'text', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('files', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute();
  },
};
