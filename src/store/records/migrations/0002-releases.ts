import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Releases, and the append-only, hash-chained record of which one was live when, by whom and why. */
export const releasesMigration: Migration = {
  version: 2,
  name: 'releases',
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('releases')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('number', 'bigint', (c) => c.notNull().unique())
      .addColumn('manifest', 'text', (c) => c.notNull().unique())
      .addColumn('run_id', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('promotions')
      .addColumn('seq', 'bigint', (c) => c.primaryKey())
      .addColumn('release', 'text', (c) => c.notNull().references('releases.name'))
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('prev', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .execute();
  },
};
