import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Which releases were given up, by whom and when: their artifacts are damaged, and nothing can bring them back. */
export const givenUpMigration: Migration = {
  version: 6,
  name: 'given up',
  async up(db: Kysely<never>) {
    await db.schema.alterTable('releases').addColumn('given_up_at', 'bigint').execute();
    await db.schema.alterTable('releases').addColumn('given_up_by', 'text').execute();
  },
};
