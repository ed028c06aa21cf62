import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, type KyselyPlugin } from 'kysely';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes } from '../../core/digest.ts';
import { openStore } from '../open.ts';
import { openRecords, type Records } from './open.ts';
import { ReleaseRepository } from './release-repository.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

test('a promotion that is changed just after the ledger was verified is not followed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-releases-'));
  const path = join(dir, 'towpath.db');
  const records = await openRecords({ path, clock: systemClock });
  for (const content of ['1', '2']) {
    const release = await records.releases.create({ manifest: digestBytes(content), createdBy: 'ann' });
    await records.releases.promote({ release: release.name, action: 'promote', actor: 'ann', reason: '' });
  }
  const db = new Kysely<Schema>({
    dialect: sqliteDialect({ path }),
    plugins: [afterEachQuery(() => change(path, "update promotions set release = 'r1' where seq = 2"))],
  });
  expect((await new ReleaseRepository(db, systemClock).trusted())?.name).toBe('r2');
  await expect(new ReleaseRepository(db, systemClock).trusted()).rejects.toMatchObject({
    code: 'TOW_STORE_LEDGER_BROKEN',
  });
  await db.destroy();
  await records.close();
  await rm(dir, { recursive: true });
});

test('a release that is not there is told with those that are', async () => {
  await inRecords(async (records) => {
    const unknown = (hint: string) => ({
      ...{ code: 'TOW_STORE_RELEASE_UNKNOWN', message: 'there is no release "r9"' },
      hint: expect.stringMatching(hint) as string,
    });
    const more = { release: 'r9', action: 'promote', actor: 'ann', reason: '' } as const;
    await expect(records.releases.get('r9')).rejects.toMatchObject(unknown('^make one with `towpath run`'));
    await expect(records.releases.promote(more)).rejects.toMatchObject(unknown('towpath run'));
    await expect(records.releases.giveUp('r9', 'ann')).rejects.toMatchObject(unknown('towpath run'));
    expect(await records.releases.trusted()).toBeUndefined();
    for (const text of ['1', '2', '3', '4', '5', '6'])
      await records.releases.create({ manifest: digestBytes(text), createdBy: 'ann', run: `run-${text}` });
    await expect(records.releases.get('r9')).rejects.toMatchObject(unknown('r6, r5, r4, r3, r2$'));
    expect(await records.releases.list(2)).toHaveLength(2);
    expect(await records.releases.byManifest(digestBytes('2'))).toEqual({
      ...{ name: 'r2', manifest: digestBytes('2'), createdBy: 'ann', run: 'run-2', createdAt: 1000 },
    });
    expect(await records.releases.byManifest(digestBytes('9'))).toBeUndefined();
  });
});

test('giving a release up is noted once, by whom and when', async () => {
  await inRecords(async (records, path) => {
    await records.releases.create({ manifest: digestBytes('1'), createdBy: 'ann' });
    for (const by of ['ann', 'bob'])
      expect(await records.releases.giveUp('r1', by)).toMatchObject({ givenUp: { at: 1000, by: 'ann' } });
    const raw = new Libsql(path);
    expect(raw.prepare('select at, actor, what from repairs').all()).toMatchObject([
      { at: 1000, actor: 'ann', what: 'gave up r1' },
    ]);
    raw.close();
  });
});

test('what was kept of the ledger and the releases is held against them', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-releases-'));
  const store = await openStore({ dir, clock: systemClock });
  const { records, copies } = store;
  const promote = async (text: string): Promise<void> => {
    const { name } = await records.releases.create({ manifest: digestBytes(text), createdBy: 'ann' });
    await records.releases.promote({ release: name, action: 'promote', actor: 'ann', reason: text });
  };
  for (const text of ['1', '2']) await promote(text);
  await expect(records.releases.verify()).resolves.toBeUndefined();
  const [, last] = await records.releases.promotions();
  if (!last) throw new Error('no promotion');
  await copies.keepPromotion({ ...last, seq: 3 });
  await expect(records.releases.verifyLedger()).rejects.toMatchObject({
    ...{ code: 'TOW_STORE_LEDGER_BROKEN', data: { seq: 3, count: 2 } },
    message: 'the ledger of promotions is broken: it ends after 2 promotions, and 3 were made',
  });
  await rm(join(dir, 'artifacts/records/promotions/0000000003.json'));
  await copies.keepPromotion({ ...last, hash: 'x' });
  await expect(records.releases.trusted()).rejects.toMatchObject({
    ...{ code: 'TOW_STORE_LEDGER_BROKEN', data: { seq: 2, count: 2 } },
    message: 'the ledger of promotions is broken: promotion 2 is not the one that was made',
  });
  await copies.keepPromotion(last);
  expect((await records.releases.trusted())?.name).toBe('r2');
  const [second] = await records.releases.list();
  if (!second) throw new Error('no release');
  await copies.keepRelease({ ...second, createdBy: 'eve' });
  await copies.keepRelease({ ...second, name: 'r7' });
  expect(await records.releases.changed()).toEqual(['r2', 'r7']);
  const changed = {
    ...{ code: 'TOW_STORE_COPY_DAMAGED', data: { release: 'r2' } },
    message: 'a record kept beside the artifacts does not agree with the database: release r2',
  };
  for (const ask of [() => records.releases.trusted(), () => records.releases.verify()])
    await expect(ask()).rejects.toMatchObject(changed);
  await store.close();
  await rm(dir, { recursive: true });
});

async function inRecords(use: (records: Records, path: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-releases-'));
  const path = join(dir, 'towpath.db');
  const records = await openRecords({ path, clock: { ...systemClock, now: () => 1000 } });
  await use(records, path).finally(() => records.close());
  await rm(dir, { recursive: true });
}

function afterEachQuery(act: () => void): KyselyPlugin {
  return {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      act();
      return Promise.resolve(result);
    },
  };
}

function change(path: string, statement: string): void {
  const raw = new Libsql(path);
  raw.exec('pragma busy_timeout = 5000');
  raw.exec(statement);
  raw.close();
}
