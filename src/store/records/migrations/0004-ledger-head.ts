import { sql, type Kysely } from 'kysely';
import type { Migration } from '../migrate.ts';

/** How many promotions there are and the hash of the last, so that one taken off the end shows; and what was repaired. */
export const ledgerHeadMigration: Migration = {
  version: 4,
  name: 'ledger head',
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('ledger_head')
      .addColumn('count', 'bigint', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    await sql`
      insert into ledger_head (count, hash)
      select count(*), coalesce((select hash from promotions order by seq desc limit 1), ${'0'.repeat(64)})
      from promotions`.execute(db);
    await db.schema
      .createTable('repairs')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .execute();
  },
};
