import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, type KyselyPlugin } from 'kysely';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes } from '../../core/digest.ts';
import { openRecords } from './open.ts';
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
