import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim } from '../../core/messages/message.ts';
import { identifyProcess } from '../../core/process-identity.ts';
import type { StepStatus } from '../../store/records/run-records.ts';
import { digest, Kept } from '../testing/kept.ts';
import { runDetailView, runView } from './run-view.ts';

let kept: Kept;
beforeEach(async () => {
  kept = await Kept.open();
});
afterEach(() => kept.close());

const error = new TowpathError('TOW_DATA_NO_FILES', verbatim('source "docs" matches no file')).toRecord();
const shown = async (id: string) => runDetailView(await kept.flow.show(id), kept.store.records);
const listed = async (id: string) => {
  const [run] = (await kept.flow.runs()).filter((each) => each.id === id);
  if (run === undefined) throw new Error(`no run ${id}`);
  return await runView(run, kept.store.records);
};
const finish = (id: string, status: 'done' | 'failed' | 'cancelled' | 'interrupted', steps: StepStatus) =>
  kept.store.records.runs.finish(id, { status, at: 3_500, steps, ...(status === 'failed' && { error }) });

describe('a run', () => {
  it('that is done tells when it began, how long it took, its steps and its release', async () => {
    const { manifest } = await kept.release();
    await kept.run('run-1', {
      ingest: { status: 'cached' },
      prepare: { status: 'done' },
      release: { status: 'done', outputs: { release: manifest } },
    });
    await finish('run-1', 'done', 'skipped');
    expect(await listed('run-1')).toEqual({
      ...{ id: 'run-1', state: 'done', started: '1970-01-01T00:00:01.000Z', ms: 2_500, release: 'r1' },
      steps: { total: 3, done: 2, cached: 1 },
    });
  });

  it('whose release has no record names none', async () => {
    await kept.run('run-1', { release: { status: 'done', outputs: { release: digest('manifest') } } });
    expect((await listed('run-1')).release).toBeUndefined();
  });

  it('that failed tells why, as a whole and of the step', async () => {
    await kept.run('run-1', { ingest: { status: 'failed', error }, prepare: { status: 'pending' } });
    await finish('run-1', 'failed', 'skipped');
    expect(await listed('run-1')).toMatchObject({ state: 'failed', error });
    expect((await shown('run-1')).plan).toMatchObject([
      { name: 'ingest', state: 'failed', error, outputs: {} },
      { name: 'prepare', state: 'skipped', outputs: {} },
    ]);
  });

  it('that goes on here has no end and no machine', async () => {
    const engine = identifyProcess();
    if (engine === undefined) throw new Error('this process has no identity');
    await kept.run('run-1', { a: { status: 'pending' } }, { engine, startedAt: Date.now() });
    const run = await shown('run-1');
    expect(run).toMatchObject({ state: 'running', plan: [{ state: 'waiting' }] });
    expect(Object.keys(run)).not.toContain('ms');
    expect(Object.keys(run)).not.toContain('elsewhere');
  });

  const elsewhere = '4711-93402-abcdef01-4026531836-0123456789ab';

  it('that goes on at another machine names it, as far as it is known', async () => {
    const there = { engine: elsewhere, startedAt: Date.now() };
    await kept.run('run-1', { a: { status: 'pending' } }, { ...there, labels: { host: 'barge' } });
    await kept.run('run-2', { a: { status: 'pending' } }, there);
    expect((await listed('run-1')).elsewhere).toBe('barge');
    expect((await listed('run-2')).elsewhere).toBe('another machine');
    await finish('run-1', 'interrupted', 'interrupted');
    expect(await listed('run-1')).toMatchObject({ state: 'interrupted' });
    expect((await listed('run-1')).elsewhere).toBeUndefined();
  });

  it('that was interrupted keeps what was done; what it was at, and what was to come, counts as cancelled', async () => {
    await kept.run('run-1', {
      ingest: { status: 'done', startedAt: 1_000, finishedAt: 1_250 },
      prepare: { status: 'running', startedAt: 1_300 },
      index: { status: 'pending' },
    });
    await finish('run-1', 'interrupted', 'interrupted');
    const { state, steps, plan } = await shown('run-1');
    expect({ state, steps }).toEqual({ state: 'interrupted', steps: { total: 3, done: 1, cached: 0 } });
    expect(plan.map((step) => [step.name, step.state, step.ms])).toEqual([
      ['ingest', 'done', 250],
      ['prepare', 'cancelled', 2_200],
      ['index', 'cancelled', undefined],
    ]);
  });

  it('of a process that died is interrupted as soon as anyone looks', async () => {
    await kept.run('run-1', { a: { status: 'running' } }, { labels: { host: hostname() } });
    await kept.flow.cancel('run-1', 'ann');
    expect(await listed('run-1')).toMatchObject({ state: 'interrupted' });
  });
});

describe('a step', () => {
  it('tells why it ran, in English and as a text; of an earlier version in English alone', async () => {
    await kept.run('run-1', {
      a: {
        status: 'done',
        reason: 'parameter mask changed',
        reasonText: say('reason.parameter', { name: 'mask' }),
      },
      b: { status: 'done', reason: 'first run' },
    });
    const [a, b] = (await shown('run-1')).plan;
    expect(a).toMatchObject({ reason: 'parameter mask changed', reasonText: { id: 'reason.parameter' } });
    expect(b?.reason).toBe('first run');
    expect(b?.reasonText).toBeUndefined();
  });

  it('tells what its result was made from: the code, the artifacts by name, the files by number', async () => {
    await kept.run('run-1', { prepare: { status: 'running' } });
    await kept.result('run-1', 'prepare', {
      result: { outputs: { dataset: digest('dataset') }, facts: { documents: 2 } },
      inputs: [
        { role: 'input', name: 'raw', digest: digest('raw'), label: 'step ingest' },
        { role: 'external', name: 'docs/a.md', digest: digest('a'), label: 'docs/a.md' },
        { role: 'external', name: 'docs/b.md', digest: digest('b'), label: 'docs/b.md' },
      ],
    });
    expect((await shown('run-1')).plan).toMatchObject([
      {
        ...{ name: 'prepare', kind: 'test.prepare', state: 'done', ms: 500 },
        ...{ code: digest('code'), inputs: { raw: digest('raw') }, files: 2 },
        outputs: { dataset: digest('dataset') },
      },
    ]);
  });

  it('that was cached tells the same of the result that it found', async () => {
    await kept.run('run-1', { prepare: { status: 'running' } });
    const outputs = { dataset: digest('dataset') };
    const key = await kept.result('run-1', 'prepare', { result: { outputs } });
    await kept.run('run-2', { prepare: { status: 'cached', key, outputs } });
    expect((await shown('run-2')).plan).toMatchObject([{ state: 'cached', code: digest('code'), files: 0 }]);
  });

  it('whose result is damaged or gone is shown without what it was made from', async () => {
    await kept.run('run-1', { prepare: { status: 'running' } });
    const outputs = { dataset: digest('dataset') };
    const key = await kept.result('run-1', 'prepare', { result: { outputs } });
    kept.tamper(`update step_results set outputs = '{'`);
    const [damaged] = (await shown('run-1')).plan;
    expect(damaged).toMatchObject({ state: 'done', outputs });
    expect(damaged).not.toHaveProperty('code');
    await kept.run('run-2', { prepare: { status: 'done', key: digest(`${key} again`), outputs } });
    expect((await shown('run-2')).plan[0]).not.toHaveProperty('code');
  });

  it('gives its facts, and the last thousand points of what it measured', async () => {
    await kept.run('run-1', { fit: { status: 'done', facts: { steps: 1200 } }, other: { status: 'done' } });
    const points = Array.from({ length: 1200 }, (_, at) => ({ step: at + 1, loss: 1200 - at }));
    await kept.store.records.curves.add('run-1', 'fit', points);
    const [fit, other] = (await shown('run-1')).plan;
    expect(fit?.facts).toEqual({ steps: 1200 });
    expect(fit?.curve).toEqual(points.slice(200));
    expect(other).not.toHaveProperty('curve');
  });
});
