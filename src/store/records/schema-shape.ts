import { Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import { migrate, type Migration } from './migrate.ts';
import { sqliteDialect } from './sqlite.ts';

/**
 * What a database lacks of the tables, columns and indexes that the migrations make, by name: `runs`, `runs.plan`. One
 * that lacks something was changed by hand or is damaged, whatever version it says it has. More than that is no fault.
 */
export async function schemaLacks(
  db: Kysely<unknown>,
  migrations: readonly Migration[],
  clock: Clock,
): Promise<string[]> {
  const found = await shapeOf(db);
  const whole = new Kysely<unknown>({ dialect: sqliteDialect({ path: ':memory:' }) });
  try {
    await migrate(whole, migrations, clock);
    const wanted = await shapeOf(whole);
    const lacks = [...wanted.keys()].filter((part) => found.get(part) !== wanted.get(part));
    // Of a table that is gone, its columns are not named each.
    return lacks.filter((part) => !lacks.includes(part.slice(0, Math.max(part.indexOf('.'), 0))));
  } finally {
    await whole.destroy();
  }
}

/** Each part with what it is. By what SQLite understood: the text of a statement may be written in many ways. */
async function shapeOf(db: Kysely<unknown>): Promise<Map<string, string>> {
  const { rows } = await sql<{ part: string; kind: string }>`
    select name as part, 'table' as kind from sqlite_schema where type = 'table' and name not like 'sqlite_%'
    union all
    select t.name || '.' || c.name, lower(c.type) || c."notnull" || c.pk
    from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'
    union all
    select t.name || '.' || i.name, i."unique" || coalesce(i.partial, 0) || group_concat(c.name)
    from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.type = 'table' and t.name not like 'sqlite_%' group by t.name, i.name`.execute(db);
  return new Map(rows.map(({ part, kind }) => [part, kind]));
}
