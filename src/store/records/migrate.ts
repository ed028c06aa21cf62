import type { Kysely } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** One step forward of the schema. Never edited once published: a change is a new number. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: (db: Kysely<never>) => Promise<void>;
}

interface VersionTable {
  schema_version: { version: number; name: string; applied_at: number };
}

/**
 * Brings the schema to the newest of `migrations`, in one transaction that holds the write lock: of several processes
 * that open a new database at once, one migrates and the others find it done.
 *
 * @throws TOW_STORE_DATABASE_NEWER when the database is ahead of `migrations`
 */
export async function migrate(
  db: Kysely<unknown>,
  migrations: readonly Migration[],
  clock: Clock,
): Promise<void> {
  const target = migrations.at(-1)?.version ?? 0;
  const versions = db as unknown as Kysely<VersionTable>;
  if ((await currentVersion(versions).catch(() => undefined)) === target) return;
  await versions.transaction().execute(async (tx) => {
    await tx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'bigint', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('applied_at', 'bigint', (c) => c.notNull())
      .execute();
    const current = await currentVersion(tx);
    if (current > target) {
      throw new TowpathError(
        'TOW_STORE_DATABASE_NEWER',
        say('store.newer', { what: say('store.the-database'), found: current, known: target }),
      );
    }
    for (const { version, name, up } of migrations) {
      if (version <= current) continue;
      await up(tx as unknown as Kysely<never>);
      await tx.insertInto('schema_version').values({ version, name, applied_at: clock.now() }).execute();
    }
  });
}

async function currentVersion(db: Kysely<VersionTable>): Promise<number> {
  const row = await db
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}
