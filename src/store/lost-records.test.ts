import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { digestBytes } from '../core/digest.ts';
import { asTowpathError, saidIn } from '../core/errors/towpath-error.ts';
import { openStore, type Store } from './open.ts';

describe('a store and its records', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-lost-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const open = (): Promise<Store> => openStore({ dir, clock: systemClock });
  const withStore = async <T>(use: (store: Store) => Promise<T>): Promise<T> => {
    const store = await open();
    return await use(store).finally(() => store.close());
  };
  const repairing = async (use: (store: Store) => Promise<unknown>): Promise<void> => {
    const store = await openStore({ dir, clock: systemClock, repairing: true });
    await use(store).finally(() => store.close());
  };
  const loseDatabase = async (): Promise<void> => {
    for (const end of ['', '-wal', '-shm']) await rm(join(dir, `towpath.db${end}`), { force: true });
  };
  /** A release that was never promoted. */
  const made = (text: string) =>
    withStore(async ({ artifacts, records }) => {
      const { digest } = await artifacts.put(text, 'release');
      await records.releases.create({ manifest: digest, createdBy: 'ann' });
    });
  const release = (text: string) =>
    withStore(async ({ artifacts, records }) => {
      const { digest } = await artifacts.put(text, 'release');
      const { name } = await records.releases.create({ manifest: digest, createdBy: 'ann' });
      await records.releases.promote({ release: name, action: 'promote', actor: 'ann', reason: 'because' });
    });

  it('opens anew when nothing was kept, and again after a first run that got nowhere', async () => {
    await withStore(() => Promise.resolve());
    await loseDatabase();
    await withStore(async ({ records }) => {
      const steps = [{ name: 'a', kind: 'test' }];
      await records.runs.create({
        ...{ id: 'run-1', plan: digestBytes('p'), engine: '1-1-0', startedAt: 1, labels: {}, steps },
      });
    });
    await withStore(({ artifacts }) => artifacts.put('half a run', 'x'));
    await withStore(async ({ records }) => expect(await records.restore.isEmpty()).toBe(false));
  });

  it('is refused without its records, whatever of it is left, and makes no new database', async () => {
    await withStore(({ artifacts }) => artifacts.put('kept', 'x'));
    await loseDatabase();
    await expect(open()).rejects.toMatchObject({ code: 'TOW_STORE_RECORDS_LOST' });
    await expect(open()).rejects.toThrow(/is missing, .* 1 artifacts/);
    expect(await readdir(dir)).not.toContain('towpath.db');
    await writeFile(join(dir, 'towpath.db'), '');
    await expect(open()).rejects.toThrow('is empty');
  });

  it('is refused by what is known of it beside the artifacts, also where none of these is left', async () => {
    for (const count of [1, 2, 3]) {
      await made(`release ${String(count)}`);
      await loseDatabase();
      for (const name of await readdir(join(dir, 'artifacts')))
        if (name !== 'records') await rm(join(dir, 'artifacts', name), { recursive: true });
      const known = [', and the release r1', ', and the releases r1, r2', ', and the releases r1 to r3'][
        count - 1
      ];
      const lost = { code: 'TOW_STORE_RECORDS_LOST', where: join(dir, 'towpath.db') };
      const message = (how: string) =>
        `the records are lost: the database ${how}, while its artifacts folder holds 0 artifacts${known ?? ''}`;
      const releases = Array.from({ length: count }, (_, at) => `r${String(at + 1)}`);
      await expect(open()).rejects.toMatchObject({
        ...{ ...lost, message: message('is missing'), data: { artifacts: 0, releases } },
      });
      await writeFile(join(dir, 'towpath.db'), '');
      await expect(open()).rejects.toMatchObject({ ...lost, message: message('is empty') });
      await repairing(async ({ copies, records }) => {
        const { kept } = await copies.releases();
        await records.restore.rebuild({ releases: kept, at: 1, actor: 'ann', what: 'rebuilt' });
      });
    }
  });

  it('is refused where the newest release is missing, be it the only one that was lost or among as many others', async () => {
    await made('one');
    await withStore(({ copies, records }) =>
      records.releases.list().then(([only]) => only && copies.keepRelease({ ...only, name: 'r3' })),
    );
    await expect(open()).rejects.toThrow(/ends at r1, .* and the releases r1, r3/);
    await rm(join(dir, 'artifacts/records/releases/r1.json'));
    await expect(open()).rejects.toThrow(/ends at r1, .* and the release r3$/);
    await repairing(({ records }) =>
      records.restore.rebuild({ releases: [], removed: ['r1'], at: 1, actor: 'ann', what: 'emptied' }),
    );
    await expect(open()).rejects.toThrow(/has no release, /);
  });

  it('keeps results a second time as well that an earlier version kept once, and no damaged one', async () => {
    await release('one');
    const key = digestBytes('key');
    await withStore(async ({ records, copies }) => {
      const result = {
        ...{ key, step: 'a', kind: 'test', code: key, params: {}, facts: {}, outputs: {} },
        ...{ run: 'run-1', createdAt: 1, duration: 2 },
      };
      const other = { ...result, key: digestBytes('other') };
      const kept = { inputs: [], artifacts: [] };
      await records.restore.putResults([result, other].map((each) => ({ ...kept, result: each })));
      expect(await copies.result(key)).toBeUndefined();
    });
    const raw = new Libsql(join(dir, 'towpath.db'));
    raw.exec(`update step_results set facts = 'x' where key = '${digestBytes('other')}'`);
    raw.close();
    await withStore(async ({ copies }) => expect(await copies.result(key)).toBeUndefined());
    await rm(join(dir, 'artifacts/records/complete.json'));
    await withStore(async ({ copies }) => {
      expect(await copies.result(key)).toMatchObject({ result: { key } });
      expect(await copies.result(digestBytes('other'))).toBeUndefined();
      expect((await copies.complete())?.since).toBeGreaterThan(1);
    });
  });

  it('is refused with records of an earlier time', async () => {
    await release('one');
    const earlier = await readFile(join(dir, 'towpath.db'));
    await release('two');
    await loseDatabase();
    await writeFile(join(dir, 'towpath.db'), earlier);
    await expect(open()).rejects.toThrow(/ends at r1, .* 2 artifacts, and the releases r1, r2/);
    const error = asTowpathError(await open().catch((thrown: unknown) => thrown)).toRecord();
    expect(saidIn(error, 'zh').message).toBe(
      '记录已丢失：数据库只到 r1 为止，而产物文件夹中有 2 个产物，以及发布 r1、r2',
    );
  });

  it('keeps a second time what a process that died did not, and what an earlier version never did', async () => {
    await release('one');
    await release('two');
    for (const lost of ['records/releases/r2.json', 'records/promotions/0000000002.json', 'records']) {
      await rm(join(dir, 'artifacts', lost), { recursive: true });
      await withStore(async ({ copies, records }) => {
        expect((await copies.releases()).kept).toMatchObject([
          { name: 'r1', content: 'one' },
          { name: 'r2', content: 'two' },
        ]);
        expect((await copies.promotions()).kept).toEqual(await records.releases.promotions());
      });
    }
  });

  it('relies on no release that is not as it was kept, and on the mark of one that was given up', async () => {
    await release('one');
    await release('two');
    const tamper = (statement: string): void => {
      const raw = new Libsql(join(dir, 'towpath.db'));
      raw.exec(statement);
      raw.close();
    };
    await withStore(async ({ records, copies }) => {
      const { givenUp } = await records.releases.giveUp('r1', 'ann');
      expect(givenUp?.by).toBe('ann');
      expect(await records.releases.giveUp('r1', 'bob')).toMatchObject({ givenUp });
      expect(await copies.release('r1')).toMatchObject({ givenUp, content: 'one' });
      await records.releases.verify();
      tamper("update releases set given_up_at = null where name = 'r1'");
      expect(await records.releases.changed()).toEqual(['r1']);
      await expect(records.releases.verify()).rejects.toMatchObject({ code: 'TOW_STORE_COPY_DAMAGED' });
      expect((await records.releases.trusted())?.name).toBe('r2');
      tamper("update releases set manifest = 'x' where name = 'r2'");
      await expect(records.releases.trusted()).rejects.toMatchObject({ data: { release: 'r2' } });
      tamper("update promotions set release = 'r1' where seq = 2");
      await expect(records.releases.trusted()).rejects.toMatchObject({ code: 'TOW_STORE_LEDGER_BROKEN' });
    });
  });

  it('takes a result whose row cannot be read, or is not what was kept, for damaged', async () => {
    await withStore(async ({ artifacts, records, copies }) => {
      const output = await artifacts.put('made', 'x');
      const key = digestBytes('key');
      const result = {
        ...{ key, step: 'a', kind: 'test', code: key, params: {}, facts: { n: 1.5 }, run: 'run-1' },
        ...{ outputs: { out: output.digest }, createdAt: 1, duration: 2.5 },
      };
      const inputs = [{ role: 'input', name: 'in', digest: key, label: 'x' }] as const;
      const steps = [{ name: 'a', kind: 'test' }];
      await records.runs.create({ id: 'run-1', plan: key, engine: '1-1-0', startedAt: 1, labels: {}, steps });
      await records.results.claim({ key, run: 'run-1', engine: '1-1-0', at: 1 });
      await records.runs.changeSteps('run-1', new Map([['a', { status: 'running' }]]));
      const kept = { result, inputs, artifacts: [output] };
      await records.results.commit({ ...kept, change: { status: 'done' } });
      expect(await records.results.get(key)).toMatchObject({ step: 'a' });
      expect((await records.restore.putResults([kept])).written).toBe(0);
      const raw = new Libsql(join(dir, 'towpath.db'));
      for (const change of ["facts = 'x'", "outputs = '{}'", "params = '[7]'", 'duration = 9']) {
        raw.exec(`update step_results set ${change}`);
        expect(await records.results.get(key)).toBe('damaged');
        expect((await records.restore.putResults([kept])).replaced).toHaveLength(1);
        expect(await records.results.get(key)).toMatchObject({ step: 'a' });
      }
      await copies.dropResult(key);
      raw.exec("update step_results set facts = '{}'");
      raw.close();
      expect(await records.results.get(key)).toMatchObject({ facts: {} });
    });
  });

  it('refuses records kept by a newer version by name', async () => {
    await release('one');
    const path = join(dir, 'artifacts/records/complete.json');
    await writeFile(path, '{"schema":2}');
    await expect(open()).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_NEWER', where: path });
  });

  it('says so when promotions were taken off the end of the ledger, together with its head or not', async () => {
    await release('one');
    await release('two');
    const cut = 'delete from promotions where seq = 2';
    const fit = 'update ledger_head set count = 1, hash = (select hash from promotions where seq = 1)';
    for (const statements of [[cut], [cut, fit], ['delete from promotions', 'delete from ledger_head']]) {
      const raw = new Libsql(join(dir, 'towpath.db'));
      const saved = await readFile(join(dir, 'towpath.db'));
      for (const statement of statements) raw.exec(statement);
      raw.prepare('pragma wal_checkpoint(truncate)').all();
      raw.close();
      await withStore(async ({ records }) => {
        await expect(records.releases.verify()).rejects.toMatchObject({ code: 'TOW_STORE_LEDGER_BROKEN' });
        const more = { release: 'r1', action: 'promote', actor: 'ann', reason: 'more' } as const;
        await expect(records.releases.promote(more)).rejects.toMatchObject({
          code: 'TOW_STORE_LEDGER_BROKEN',
        });
      });
      await loseDatabase();
      await writeFile(join(dir, 'towpath.db'), saved);
    }
    await withStore(({ records }) => records.releases.verify());
  });
});
