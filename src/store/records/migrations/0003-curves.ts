import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** The curves of running steps: what training measures while it runs. */
export const curvesMigration: Migration = {
  version: 3,
  name: 'curves',
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('curve_points')
      .addColumn('run_id', 'text', (c) => c.notNull().references('runs.id'))
      .addColumn('step_name', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('figures', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('curve_points_pk', ['run_id', 'step_name', 'at'])
      .execute();
  },
};
