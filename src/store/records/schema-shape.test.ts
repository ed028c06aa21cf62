import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock as clock } from '../../core/clock.ts';
import { openRecords } from './open.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'schema-'));
  path = join(dir, 'towpath.db');
  await (await openRecords({ path, clock })).close();
});
afterEach(() => rm(dir, { recursive: true }));

function change(...statements: readonly string[]): void {
  const raw = new Libsql(path);
  raw.exec('pragma foreign_keys = off');
  for (const statement of statements) raw.exec(statement);
  raw.close();
}

test.each([
  ['delete from schema_version', /already exists/],
  ['delete from schema_version where version = 6', /duplicate column/],
  ['alter table schema_version rename column version to versions', /no such column/],
  ['drop table schema_version', /already exists/],
  ['drop table promotions', /lacks promotions$/],
  ['drop table step_inputs', /lacks step_inputs$/],
  ['alter table runs drop column labels', /lacks runs\.labels$/],
  ['alter table runs rename column labels to label', /lacks runs\.labels$/],
  ['drop index run_steps_by_key', /lacks run_steps\.run_steps_by_key$/],
])('a database after `%s` is damaged, and said to be', async (statement, why) => {
  change(statement);
  const opened = openRecords({ path, clock });
  await expect(opened).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT', exitCode: 4 });
  await expect(opened).rejects.toThrow(why);
});

test('a table that is changed while the records are open is damage, too', async () => {
  const records = await openRecords({ path, clock });
  change('drop table runs');
  await expect(records.runs.list({ limit: 1 })).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT' });
  await records.close();
});

test('what somebody added is left alone', async () => {
  change('create table notes (text)', 'create index runs_by_plan on runs (plan)');
  await (await openRecords({ path, clock })).close();
});
