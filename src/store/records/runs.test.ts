import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { openRecords, type Records } from './open.ts';
import type { ResultInput, StepResult } from './result-records.ts';

const clock = { ...systemClock, now: () => 1000 };
const d = (text: string): Digest => digestBytes(text);
const error = new TowpathError('TOW_FLOW_CANCELLED', say('flow.nothing-ran')).toRecord();

describe('records', () => {
  let dir: string;
  let records: Records;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-runs-'));
    records = await openRecords({ path: join(dir, 'deep/towpath.db'), clock });
  });
  afterEach(async () => {
    await records.close();
    await rm(dir, { recursive: true, force: true });
  });
  const create = (id: string, startedAt: number, steps: readonly string[] = ['a'], more: object = {}) =>
    records.runs.create({
      ...{ id, plan: d('plan'), engine: 'engine', startedAt, labels: {} },
      ...{ steps: steps.map((name) => ({ name, kind: `kind.${name}` })), ...more },
    });
  const change = (run: string, name: string, changes: object) =>
    records.runs.changeSteps(run, new Map([[name, changes as never]]));
  const result = (more: Partial<StepResult> = {}): StepResult => ({
    ...{
      key: d('key'),
      step: 'a',
      kind: 'kind.a',
      code: d('code'),
      params: { p: '1' },
      facts: { n: [1, null] },
    },
    ...{ outputs: { out: d('out') }, run: 'run-1', createdAt: 5, duration: 7, ...more },
  });
  const commit = async (made: StepResult, inputs: readonly ResultInput[] = []): Promise<void> => {
    await records.results.claim({ key: made.key, run: made.run, engine: 'engine', at: 1 });
    await change(made.run, made.step, { status: 'running', key: made.key });
    const artifacts = Object.values(made.outputs).map((digest) => ({
      ...{ digest, kind: 'folder' as const, media: 'set', bytes: 12, files: 3 },
    }));
    await records.results.commit({
      result: made,
      inputs,
      artifacts,
      change: { status: 'done', outputs: made.outputs },
    });
  };

  test('of a run hold all that was said of it, and nothing that was not', async () => {
    await create('run-1', 5);
    const bare = {
      id: 'run-1',
      plan: d('plan'),
      status: 'running',
      engine: 'engine',
      startedAt: 5,
      labels: {},
    };
    expect(await records.runs.get('run-1')).toEqual(bare);
    await create('run-2', 6, ['a'], { resumedFrom: 'run-1', labels: { host: 'barge' } });
    expect(await records.runs.askCancel('run-2', 'ann', 7)).toBe(true);
    expect(await records.runs.cancelAsked('run-2')).toBe('ann');
    await records.runs.finish('run-2', { status: 'cancelled', at: 8, error, steps: 'cancelled' });
    expect(await records.runs.get('run-2')).toEqual({
      ...{ ...bare, id: 'run-2', status: 'cancelled', startedAt: 6, finishedAt: 8, resumedFrom: 'run-1' },
      ...{ labels: { host: 'barge' }, cancelAskedBy: 'ann', error },
    });
    expect(await records.runs.get('run-3')).toBeUndefined();
    expect(await records.runs.cancelAsked('run-1')).toBeUndefined();
    expect(await records.runs.cancelAsked('run-3')).toBeUndefined();
  });

  test('of a step hold what it came to, each change beside those before', async () => {
    await create('run-1', 5, ['b', 'a']);
    const bare = { run: 'run-1', kind: 'kind.a', name: 'a', position: 1, status: 'pending', attempts: 0 };
    expect(await records.runs.step('run-1', 'a')).toEqual(bare);
    const reasonText = say('reason.code');
    const started = {
      key: d('key'),
      reason: 'code changed',
      reasonText,
      startedAt: 6,
      attempts: 2,
      process: '1-1-a',
    };
    await change('run-1', 'a', { status: 'running', ...started });
    expect(await records.runs.step('run-1', 'a')).toEqual({ ...bare, status: 'running', ...started });
    const ended = { finishedAt: 9, error, facts: { n: 1 }, outputs: { out: d('out') } };
    await change('run-1', 'a', { status: 'failed', process: null, ...ended });
    const { process, ...rest } = started;
    expect(process).toBeDefined();
    expect(await records.runs.step('run-1', 'a')).toEqual({ ...bare, status: 'failed', ...rest, ...ended });
    expect((await records.runs.steps('run-1')).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(await records.runs.step('run-1', 'c')).toBeUndefined();
    expect(await records.runs.changeSteps('run-1', new Map())).toEqual([]);
    expect(await change('run-1', 'c', { status: 'running' })).toEqual(['c']);
    expect(await change('run-2', 'a', { status: 'running' })).toEqual(['a']);
  });

  test('of a run that ended have no step that goes on', async () => {
    await create('run-1', 5, ['a', 'b', 'c']);
    await change('run-1', 'a', { status: 'running', process: '1-1-a' });
    await change('run-1', 'b', { status: 'cached', finishedAt: 6 });
    await records.runs.finish('run-1', { status: 'failed', at: 8, steps: 'skipped' });
    const steps = await records.runs.steps('run-1');
    expect(steps.map(({ status, finishedAt, process }) => [status, finishedAt, process])).toEqual([
      ...[
        ['skipped', 8, undefined],
        ['cached', 6, undefined],
        ['skipped', 8, undefined],
      ],
    ]);
    expect(await records.runs.get('run-1')).not.toHaveProperty('error');
  });

  test('of a run hold as many steps as it has, in their order', async () => {
    const names = Array.from({ length: 1001 }, (_, at) => `s${String(at)}`);
    await create('run-1', 5, names);
    expect((await records.runs.steps('run-1')).map(({ name }) => name)).toEqual(names);
  });

  test('list runs with the newest first, those asked for, as many as asked for', async () => {
    for (const [id, at] of [
      ['run-b', 5],
      ['run-a', 5],
      ['run-c', 4],
    ] as const)
      await create(id, at);
    await create('run-d', 3, ['a'], { plan: d('other') });
    await records.runs.finish('run-a', { status: 'done', at: 9, steps: 'skipped' });
    const list = async (...options: Parameters<Records['runs']['list']>) =>
      (await records.runs.list(...options)).map(({ id }) => id);
    expect(await list()).toEqual(['run-b', 'run-a', 'run-c', 'run-d']);
    expect(await list({ status: 'running' })).toEqual(['run-b', 'run-c', 'run-d']);
    expect(await list({ plan: d('plan'), limit: 2 })).toEqual(['run-b', 'run-a']);
    expect(await list({ plan: d('other'), status: 'done' })).toEqual([]);
    expect(await records.runs.find('run-', 3)).toHaveLength(3);
    expect(await records.runs.find('run-c', 3)).toEqual(['run-c']);
    for (const prefix of ['run_', 'run-cc', 'run-%', 'sun', 'r%'])
      expect(await records.runs.find(prefix, 3)).toEqual([]);
  });

  test('know which runs used a result, the newest first', async () => {
    for (const [at, status] of ['cached', 'cached', 'failed', 'skipped'].entries()) {
      await create(`run-${String(at)}`, at);
      await change(`run-${String(at)}`, 'a', { status, key: d('key') });
    }
    const used = (limit: number, ...keys: string[]) => records.runs.usedBy(keys.map(d), limit);
    expect(await used(5, 'key', 'none')).toEqual([
      { run: 'run-1', step: 'a', key: d('key') },
      { run: 'run-0', step: 'a', key: d('key') },
    ]);
    expect(await used(1, 'key')).toHaveLength(1);
    expect(await used(5)).toEqual([]);
    expect(await used(5, 'none')).toEqual([]);
  });

  test('of a result are whole, with what it was made of and what it gave', async () => {
    await create('run-1', 5);
    const inputs: ResultInput[] = [
      { role: 'input', name: 'b', digest: d('b'), label: 'step/b' },
      { role: 'input', name: 'a', digest: d('a'), label: 'step/a' },
      { role: 'external', name: 'z', digest: d('z'), label: 'z.md' },
    ];
    await commit(result({ duration: 7.4 }), inputs);
    expect(await records.results.get(d('key'))).toEqual(result());
    expect(await records.results.inputs(d('key'))).toEqual([inputs[2], inputs[1], inputs[0]]);
    expect(await records.results.inputs(d('none'))).toEqual([]);
    expect(await records.results.get(d('none'))).toBeUndefined();
    expect(await records.restore.result(d('none'))).toBeUndefined();
    expect(await records.runs.step('run-1', 'a')).toMatchObject({
      status: 'done',
      outputs: { out: d('out') },
    });
    const out = { digest: d('out'), kind: 'folder', media: 'set', bytes: 12, files: 3 };
    expect(await records.lineage.artifacts([d('out'), d('none')])).toEqual([{ ...out, createdAt: 5 }]);
    expect(await records.restore.result(d('key'))).toMatchObject({ artifacts: [out] });
    const edge = { key: d('key'), digest: d('out'), role: 'output', name: 'out', label: 'out' };
    expect(await records.lineage.writersOf([d('out')])).toEqual([edge]);
    expect(await records.lineage.writtenBy([d('key')])).toEqual([edge]);
    const [external] = await records.lineage.readBy([d('key')]);
    expect(external).toEqual({ key: d('key'), digest: d('z'), role: 'external', name: 'z', label: 'z.md' });
    expect(await records.lineage.readersOf([d('z')])).toEqual([external]);
    expect(await records.lineage.readersOfPath('step/a')).toEqual([]);
    expect(await records.lineage.results([d('key')])).toEqual([
      { key: d('key'), step: 'a', kind: 'kind.a', run: 'run-1', createdAt: 5 },
    ]);
  });

  test('of a result may have more inputs than one statement takes', async () => {
    await create('run-1', 5);
    const inputs = Array.from({ length: 1201 }, (_, at): ResultInput => ({
      ...{ role: 'external', name: String(at), digest: d(String(at)), label: `${String(at)}.md` },
    }));
    await commit(result(), inputs);
    expect(await records.results.inputs(d('key'))).toHaveLength(1201);
    expect(await records.lineage.readersOf(inputs.map(({ digest }) => digest))).toHaveLength(1201);
  });

  test('know the last result of a step by its name and kind', async () => {
    await create('run-1', 5, ['a', 'b']);
    await create('run-2', 6, ['a']);
    await commit(result({ key: d('1'), createdAt: 9 }));
    await commit(result({ key: d('2'), createdAt: 8, run: 'run-2' }));
    await commit(result({ key: d('3'), createdAt: 10, step: 'b' }));
    expect(await records.results.latest('a', 'kind.a')).toMatchObject({ key: d('1') });
    expect(await records.results.latest('a', 'kind.b')).toBeUndefined();
    expect(await records.results.latest('c', 'kind.a')).toBeUndefined();
  });

  test('take a result from the run that has the claim alone, and again from the one that made it', async () => {
    await create('run-1', 5);
    await create('run-2', 6);
    const kept = { inputs: [], artifacts: [], change: { status: 'done' as const } };
    await expect(records.results.commit({ ...kept, result: result() })).rejects.toMatchObject({
      ...{ code: 'TOW_FLOW_CLAIM_LOST', where: 'step a', data: { run: 'run-1', step: 'a' } },
    });
    await commit(result());
    await expect(
      records.results.commit({ ...kept, result: result({ createdAt: 6 }) }),
    ).resolves.toBeUndefined();
    expect(await records.results.get(d('key'))).toMatchObject({ createdAt: 6 });
    await expect(records.results.commit({ ...kept, result: result({ run: 'run-2' }) })).rejects.toMatchObject(
      {
        code: 'TOW_FLOW_CLAIM_LOST',
      },
    );
    const claim = (run: string, at: number) =>
      records.results.claim({ key: d('key'), run, engine: `of ${run}`, at });
    expect(await claim('run-1', 3)).toEqual({ key: d('key'), run: 'run-1', engine: 'of run-1', at: 3 });
    expect(await claim('run-2', 4)).toEqual({ key: d('key'), run: 'run-1', engine: 'of run-1', at: 3 });
    await records.results.release(d('key'), 'run-2');
    await records.results.release(d('other'), 'run-1');
    expect((await claim('run-2', 4)).run).toBe('run-1');
    await records.results.release(d('key'), 'run-1');
    expect((await claim('run-2', 4)).run).toBe('run-2');
    const mine = { key: d('key'), run: 'run-1', engine: 'mine', at: 9 };
    expect(await records.results.takeOver({ ...mine, run: 'run-2' }, mine)).toBe(true);
    expect(await claim('run-2', 4)).toEqual(mine);
  });

  test('find digests by their beginning, read or written, each once', async () => {
    await create('run-1', 5);
    await commit(result(), [{ role: 'external', name: 'z', digest: d('z'), label: 'z.md' }]);
    for (const digest of [d('out'), d('z')])
      for (const length of [4, 63, 64])
        expect(await records.lineage.find(digest.slice(0, length), 5)).toEqual([digest]);
    expect(await records.lineage.find('', 1)).toHaveLength(1);
    expect((await records.lineage.find('', 5)).sort()).toEqual([d('out'), d('z')].sort());
    expect(await records.lineage.find('z', 5)).toEqual([]);
  });

  test('are empty until something is recorded', async () => {
    expect(await records.restore.isEmpty()).toBe(true);
    expect(await records.restore.counts()).toEqual({ releases: 0, newest: 0, promotions: 0 });
    const { name } = await records.releases.create({ manifest: d('m'), createdBy: 'ann' });
    expect(await records.restore.isEmpty()).toBe(false);
    await records.releases.promote({ release: name, action: 'promote', actor: 'ann', reason: '' });
    expect(await records.restore.counts()).toEqual({ releases: 1, newest: 1, promotions: 1 });
  });

  test('are rebuilt all or nothing, also where releases have changed places', async () => {
    for (const text of ['1', '2', '3'])
      await records.releases.create({ manifest: d(text), createdBy: 'ann' });
    const of = (name: string, text: string) => ({ name, manifest: d(text), createdAt: 1, createdBy: 'bob' });
    const rebuilt = { at: 2, actor: 'ann', what: 'mended' };
    await records.restore.rebuild({ ...rebuilt, releases: [of('r1', '2'), of('r2', '1')], removed: ['r3'] });
    const list = await records.releases.list();
    expect(list.map(({ name, manifest, createdBy }) => [name, manifest, createdBy])).toEqual([
      ['r2', d('1'), 'bob'],
      ['r1', d('2'), 'bob'],
    ]);
    await expect(
      records.restore.rebuild({ ...rebuilt, releases: [of('r1', '5'), of('r7', '5')] }),
    ).rejects.toThrow();
    expect(await records.releases.list()).toEqual(list);
    await records.releases.promote({ release: 'r1', action: 'promote', actor: 'ann', reason: '' });
    const { rows } = await records.restore.ledger();
    await records.restore.rebuild({ ...rebuilt, releases: [], ledger: [] });
    expect(await records.restore.ledger()).toMatchObject({ rows: [], head: { count: 0 } });
    await records.restore.rebuild({ ...rebuilt, releases: [], ledger: rows });
    await expect(records.releases.verify()).resolves.toBeUndefined();
    expect((await records.releases.live())?.name).toBe('r1');
  });

  test('give results one after another, in the order of their keys, and drop those asked for', async () => {
    const steps = Array.from({ length: 45 }, (_, at) => `s${String(at)}`);
    await create('run-1', 5, steps);
    for (const step of steps) await commit(result({ step, key: d(step) }));
    const keys = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const each of records.restore.results()) if ('result' in each) found.push(each.result.key);
      return found;
    };
    expect(await keys()).toEqual(steps.map(d).sort());
    await records.restore.dropResults(steps.slice(0, 40).map(d));
    expect(await keys()).toEqual(steps.slice(40).map(d).sort());
  });

  test('are copied as they are at this moment, to a place where nothing is', async () => {
    await create('run-1', 5);
    await records.copyTo(join(dir, 'copy.db'));
    await create('run-2', 6);
    const copy = await openRecords({ path: join(dir, 'copy.db'), clock });
    expect((await copy.runs.list()).map(({ id }) => id)).toEqual(['run-1']);
    await copy.close();
    await expect(records.copyTo(join(dir, 'copy.db'))).rejects.toThrow();
  });
});
