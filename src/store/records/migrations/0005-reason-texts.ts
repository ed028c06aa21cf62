import type { Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Why a step was not cached, as a text that is said in the language of whoever reads it. */
export const reasonTextsMigration: Migration = {
  version: 5,
  name: 'reason texts',
  async up(db: Kysely<never>) {
    await db.schema.alterTable('run_steps').addColumn('reason_text', 'text').execute();
  },
};
