import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Libsql from 'libsql';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import { openRecords, type Records } from './open.ts';
import { stepTransitions, type StepStatus } from './run-records.ts';

const clock = { ...systemClock, now: () => 1_000 };
const digest = (text: string): Digest => digestBytes(text);

describe('the records', () => {
  let dir: string;
  let path: string;
  let records: Records;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-records-'));
    path = join(dir, 'towpath.db');
    records = await openRecords({ path, clock });
  });
  afterEach(async () => {
    await records.close();
    await rm(dir, { recursive: true, force: true });
  });
  const newRun = (id: string, steps: string[] = ['a']): Promise<void> =>
    records.runs.create({
      ...{ id, plan: digest('plan'), engine: '1-1-0', startedAt: 5, labels: { project: 'p' } },
      steps: steps.map((name) => ({ name, kind: 'test.kind' })),
    });

  it('give a release its name once, and the same manifest the same release', async () => {
    const first = await records.releases.create({ manifest: digest('1'), createdBy: 'ann' });
    await expect(records.releases.get('r9')).rejects.toMatchObject({ hint: 'there is only r1' });
    const second = await records.releases.create({ manifest: digest('2'), createdBy: 'ann' });
    const again = await records.releases.create({ manifest: digest('1'), createdBy: 'bob' });
    expect([first.name, second.name, again.name]).toEqual(['r1', 'r2', 'r1']);
    expect(again).toEqual({ ...first, created: false });
    expect((await records.releases.list()).map(({ name }) => name)).toEqual(['r2', 'r1']);
    await expect(records.releases.get('r9')).rejects.toMatchObject({
      code: 'TOW_STORE_RELEASE_UNKNOWN',
      hint: 'the newest are r2, r1',
    });
  });

  it('keep the curves of a step, a later point at the same place in place of the earlier', async () => {
    await newRun('run-1');
    const { curves } = records;
    await curves.add('run-1', 'a', [
      { step: 1, loss: 2.5 },
      { step: 2, loss: 2 },
    ]);
    await curves.add('run-1', 'a', [
      { step: 2, loss: 1.5, note: 'again' },
      { step: 3, loss: null },
    ]);
    await curves.add('run-1', 'b', [{ step: 1, loss: 9 }]);
    expect(await curves.of('run-1', 'a')).toEqual([
      { step: 1, loss: 2.5 },
      { step: 2, loss: 1.5, note: 'again' },
      { step: 3, loss: null },
    ]);
    expect((await curves.of('run-1', 'a', 1)).map(({ step }) => step)).toEqual([3]);
  });

  it('know the live release, after rollbacks too', async () => {
    const { releases } = records;
    for (const text of ['1', '2', '3']) await releases.create({ manifest: digest(text), createdBy: 'ann' });
    expect(await releases.live()).toBeUndefined();
    const act = async (release: string, action: 'promote' | 'rollback'): Promise<unknown> =>
      await releases.promote({ release, action, actor: 'ann', reason: 'because' });
    for (const name of ['r1', 'r2', 'r3']) await act(name, 'promote');
    await act('r2', 'rollback');
    expect((await releases.live())?.name).toBe('r2');
    await act('r1', 'rollback');
    expect((await releases.live())?.name).toBe('r1');
    await releases.verify();
  });

  it('notice a promotion that was changed by hand', async () => {
    await records.releases.create({ manifest: digest('1'), createdBy: 'ann' });
    for (const reason of ['first', 'second', 'third']) {
      await records.releases.promote({ release: 'r1', action: 'promote', actor: 'ann', reason });
    }
    const raw = new Libsql(path);
    raw.exec("update promotions set actor = 'eve' where seq = 2");
    raw.close();
    await expect(records.releases.verify()).rejects.toMatchObject({
      code: 'TOW_STORE_LEDGER_BROKEN',
      data: { seq: 2 },
    });
  });

  it('let no step leave a final state, whatever is asked', async () => {
    const status = fc.constantFrom(...(Object.keys(stepTransitions) as StepStatus[]));
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(status, { maxLength: 8 }), async (asked) => {
        const run = `run-${String((count += 1))}`;
        await newRun(run);
        let model: StepStatus = 'pending';
        for (const next of asked) {
          const refused = await records.runs.changeSteps(run, new Map([['a', { status: next }]]));
          const allowed = stepTransitions[model].includes(next);
          expect(refused).toEqual(allowed ? [] : ['a']);
          if (allowed) model = next;
          expect((await records.runs.step(run, 'a'))?.status).toBe(model);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('end a run once, with everything that was open', async () => {
    await newRun('run-1', ['a', 'b']);
    await records.runs.changeSteps(
      'run-1',
      new Map([['a', { status: 'cached' as const, key: digest('k') }]]),
    );
    expect(await records.runs.finish('run-1', { status: 'interrupted', at: 9, steps: 'interrupted' })).toBe(
      true,
    );
    expect(await records.runs.finish('run-1', { status: 'done', at: 10, steps: 'done' })).toBe(false);
    expect((await records.runs.steps('run-1')).map(({ status }) => status)).toEqual([
      'cached',
      'interrupted',
    ]);
    expect(await records.runs.get('run-1')).toMatchObject({ status: 'interrupted', finishedAt: 9 });
    expect(await records.runs.askCancel('run-1', 'ann', 11)).toBe(false);
  });

  it('give a key to one run at a time', async () => {
    const claim = (run: string) => ({ key: digest('k'), run, engine: run, at: 1 });
    expect((await records.results.claim(claim('one'))).run).toBe('one');
    expect((await records.results.claim(claim('two'))).run).toBe('one');
    expect(await records.results.takeOver(claim('one'), claim('two'))).toBe(true);
    expect(await records.results.takeOver(claim('one'), claim('three'))).toBe(false);
    await records.results.releaseAll('two');
    expect((await records.results.claim(claim('three'))).run).toBe('three');
  });

  it('refuse a database that a newer version wrote', async () => {
    const raw = new Libsql(path);
    raw.exec("insert into schema_version values (99, 'future', 1)");
    raw.close();
    await expect(openRecords({ path, clock })).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_NEWER' });
  });

  it('say that a file is no database', async () => {
    const other = join(dir, 'other.db');
    await writeFile(other, 'not a database at all'.repeat(500));
    await expect(openRecords({ path: other, clock })).rejects.toMatchObject({
      code: 'TOW_STORE_DATABASE_CORRUPT',
    });
  });

  it('say that pages inside are damaged when they are read', async () => {
    for (let i = 0; i < 300; i += 1) await newRun(`run-${String(i).padStart(50, '0')}`);
    await records.close();
    const file = await open(path, 'r+');
    const { size } = await file.stat();
    for (let at = 4096; at < size; at += 4096) await file.write(Buffer.alloc(4096, 0xab), 0, 4096, at);
    await file.close();
    const damaged = openRecords({ path, clock }).then((reopened) => reopened.runs.list());
    await expect(damaged).rejects.toMatchObject({ code: 'TOW_STORE_DATABASE_CORRUPT' });
    await rm(path);
    records = await openRecords({ path, clock });
  });

  it('stand in the database file alone after a clean end, also while another process has them open', async () => {
    await records.releases.create({ manifest: digest('1'), createdBy: 'ann' });
    const other = await openRecords({ path, clock });
    await other.releases.create({ manifest: digest('2'), createdBy: 'ann' });
    await other.close();
    expect((await stat(`${path}-wal`)).size).toBe(0);
    await copyFile(path, join(dir, 'copy.db'));
    const copy = await openRecords({ path: join(dir, 'copy.db'), clock });
    expect((await copy.releases.list()).map(({ name }) => name)).toEqual(['r2', 'r1']);
    await copy.close();
  });

  it('end at once when a reader keeps them from being written back, and lose nothing', async () => {
    const reader = new Libsql(path);
    reader.exec('begin');
    reader.prepare('select count(*) from releases').all();
    await records.releases.create({ manifest: digest('1'), createdBy: 'ann' });
    await records.close();
    reader.exec('commit');
    reader.close();
    records = await openRecords({ path, clock });
    expect((await records.releases.list()).map(({ name }) => name)).toEqual(['r1']);
  });

  it('keep the log beside the database small, also after a reader that held it back', async () => {
    await newRun('run-1');
    const write = async (from: number): Promise<void> => {
      for (let step = from; step < from + 20; step += 1)
        await records.curves.add('run-1', 'a', [{ step, note: 'x'.repeat(500_000) }]);
    };
    await write(0);
    expect((await stat(`${path}-wal`)).size).toBeLessThan(8 << 20);
    const reader = new Libsql(path);
    reader.exec('begin');
    reader.prepare('select count(*) from releases').all();
    await write(20);
    expect((await stat(`${path}-wal`)).size).toBeGreaterThan(8 << 20);
    reader.exec('commit');
    reader.close();
    await newRun('run-2');
    await newRun('run-3');
    expect((await stat(`${path}-wal`)).size).toBeLessThan(8 << 20);
  });

  it('pass their check when nothing is wrong', async () => {
    await expect(records.check()).resolves.toBeUndefined();
  });

  const compiled = new URL('../../../dist/store/records/open.js', import.meta.url);
  it.runIf(existsSync(compiled))(
    'stay whole when several processes make and write them at once',
    async () => {
      const fresh = join(dir, 'shared.db');
      const program = new URL('./testing/open-many.mjs', import.meta.url).pathname;
      const each = 15;
      await Promise.all(
        [1, 2, 3].map(() => promisify(execFile)(process.execPath, [program, fresh, String(each)])),
      );
      const shared = await openRecords({ path: fresh, clock });
      try {
        await shared.check();
        expect((await shared.releases.promotions()).map(({ seq }) => seq)).toEqual(
          Array.from({ length: 3 * each }, (_, at) => at + 1),
        );
      } finally {
        await shared.close();
      }
    },
  );
});
