import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, Kysely } from 'kysely';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock as clock } from '../../core/clock.ts';
import { openRecords } from './open.ts';
import { sqliteDialect } from './sqlite.ts';

describe('a database', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-sqlite-'));
    path = join(dir, 'towpath.db');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  test('that another process writes to is told to be locked, after so long', async () => {
    const records = await openRecords({ path, clock, busyTimeout: 50 });
    const other = new Libsql(path);
    other.exec('begin immediate');
    const made = records.releases.create({ manifest: 'x' as never, createdBy: 'ann' });
    await expect(made).rejects.toMatchObject({
      ...{ code: 'TOW_STORE_DATABASE_BUSY', message: `the database ${path} is locked by another process` },
      cause: expect.any(Error) as Error,
    });
    other.exec('commit');
    other.close();
    await expect(
      records.releases.create({ manifest: 'x' as never, createdBy: 'ann' }),
    ).resolves.toBeDefined();
    await records.close();
  });

  test('that was locked once can be written to afterwards, whatever had found it locked', async () => {
    const records = await openRecords({ path, clock, busyTimeout: 50 });
    const other = new Libsql(path);
    other.exec('begin immediate');
    const claim = { key: 'x' as never, run: 'run-1', engine: 'engine', at: 1 };
    for (const write of [() => records.results.claim(claim), () => records.results.releaseAll('run-1')])
      await expect(write()).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_BUSY' });
    other.exec('commit');
    other.close();
    for (const text of ['1', '2'])
      await records.releases.create({ manifest: text as never, createdBy: 'ann' });
    expect((await records.results.claim(claim)).run).toBe('run-1');
    expect(await records.releases.list()).toHaveLength(2);
    await records.close();
  });

  test('fails by the words of SQLite where a statement is no good, and is whole afterwards', async () => {
    const db = new Kysely<unknown>({ dialect: sqliteDialect({ path }) });
    const ask = (statement: string) => sql.raw(statement).execute(db);
    await ask('create table t (a integer primary key)');
    await expect(ask('selec 1')).rejects.toMatchObject({
      ...{ code: 'TOW_STORE_DATABASE_FAILED', cause: expect.any(Error) as Error },
      message: expect.stringContaining(`the database ${path} failed: `) as string,
    });
    for (const statement of ['select * from none', 'select b from t', 'create table t (a)'])
      await expect(ask(statement)).rejects.toMatchObject({
        ...{ code: 'TOW_STORE_DATABASE_CORRUPT', cause: expect.any(Error) as Error },
        message: expect.stringContaining(`the database ${path} is damaged: `) as string,
      });
    const twice = db.transaction().execute(async (tx) => {
      for (const a of [1, 1]) await sql`insert into t values (${a})`.execute(tx);
    });
    await expect(twice).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_FAILED' });
    expect((await ask('select * from t')).rows).toEqual([]);
    await db.destroy();
  });

  test('is held to its settings, and takes the write lock as a transaction begins', async () => {
    const db = new Kysely<unknown>({ dialect: sqliteDialect({ path }) });
    const setting = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object)[0] as unknown;
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint', 'busy_timeout'];
    expect(await Promise.all(settings.map(setting))).toEqual(['wal', 2, 1, 1000, 10_000]);
    expect(await setting('journal_size_limit')).toBe(4 << 20);
    await db.transaction().execute(() => {
      const other = new Libsql(path);
      expect(() => other.exec('begin immediate')).toThrow(/locked/);
      other.close();
      return Promise.resolve();
    });
    await db.destroy();
  });

  test('that is damaged inside is told with what is wrong, when all of it is read', async () => {
    const records = await openRecords({ path, clock });
    await expect(records.checkDatabase()).resolves.toBeUndefined();
    const raw = new Libsql(path);
    raw.exec('pragma writable_schema = on');
    raw.exec(
      "update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'runs') where name = 'releases'",
    );
    raw.close();
    await records.close();
    const again = await openRecords({ path, clock }).catch((error: unknown) => error as Error);
    if (again instanceof Error) expect(again).toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT' });
    else {
      for (const check of [() => again.checkDatabase(), () => again.check()])
        await expect(check()).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT' });
      await again.close();
    }
  });

  test.each<[string, (file: string) => Promise<unknown>]>([
    ['a folder', (file) => mkdir(file)],
    ['a link to nowhere', (file) => symlink('nowhere', file)],
  ])('with %s in its place, or beside it, is told to be damaged there', async (_, make) => {
    for (const end of ['', '-wal', '-shm']) {
      await make(`${path}${end}`);
      await expect(openRecords({ path, clock })).rejects.toMatchObject({
        code: 'TOW_STORE_DATABASE_CORRUPT',
        where: `${path}${end}`,
      });
      await rm(`${path}${end}`, { recursive: true });
    }
  });

  test('cannot be where no folder can be', async () => {
    await writeFile(join(dir, 'file'), '');
    await expect(openRecords({ path: join(dir, 'file/towpath.db'), clock })).rejects.toMatchObject({
      ...{ code: 'TOW_STORE_NOT_A_FOLDER', where: join(dir, 'file') },
    });
    await expect(openRecords({ path: '/proc/towpath/towpath.db', clock })).rejects.toMatchObject({
      code: 'TOW_STORE_NOT_WRITABLE',
    });
  });
});
