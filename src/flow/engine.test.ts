import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { PlanNode } from './plan.ts';
import type { StepKind } from './step.ts';
import {
  fails,
  statuses,
  toldEngine,
  toldKind as kind,
  toldNode as node,
  type ToldEngine,
} from './testing/told-engine.ts';
import type { Act } from './testing/told-executor.ts';

const diamond = [node('end', ['left', 'right']), node('left', ['top']), node('right', ['top']), node('top')];

describe('the engine', () => {
  let engine: ToldEngine;
  let { dir, store, flow, acts, told, events, run, ran, kinds } = {} as ToldEngine;
  beforeEach(async () => {
    engine = await toldEngine();
    ({ dir, store, flow, acts, told, events, run, ran, kinds } = engine);
  });
  afterEach(() => engine.close());

  it('tells of a run from its beginning to its end, and keeps all of it', async () => {
    acts['top'] = async ({ listener, done }) => {
      listener.progress({ done: 1, total: 2, unit: 'files', note: say('reason.code') });
      listener.metric({ step: 1, loss: 2 });
      listener.line('out', 'hello');
      return await done('text');
    };
    const outcome = await run([node('next', ['top']), node('top')], { labels: { project: 'p' } });
    const { run: id } = outcome;
    expect(kinds()).toEqual([
      ...['run-started', 'step-started top', 'step-progress top', 'step-log top', 'step-finished top'],
      ...['step-started next', 'step-finished next', 'run-finished'],
    ]);
    const steps = ['top', 'next'].map((name) => ({ name, kind: 'test.told' }));
    expect(events[0]).toEqual({ type: 'run-started', run: id, steps });
    expect(events[1]).toEqual({
      ...{ type: 'step-started', run: id, step: 'top', attempt: 1, reason: 'first run' },
      reasonText: say('reason.first-run'),
    });
    expect(events[2]).toMatchObject({ progress: { done: 1, total: 2, unit: 'files', note: 'code changed' } });
    expect(events[3]).toEqual({ type: 'step-log', run: id, step: 'top', source: 'out', line: 'hello' });
    expect(events[4]).toMatchObject({
      ...{
        run: id,
        step: 'top',
        status: 'done',
        facts: { length: 4 },
        outputs: { out: digestBytes('text') },
      },
    });
    expect(events[4]).not.toHaveProperty('error');
    expect(events[7]).toMatchObject({ run: id, status: 'done' });
    expect(outcome).toMatchObject({ status: 'done', run: id });
    expect(outcome.steps.get('top')).toMatchObject({ status: 'done', outputs: { out: digestBytes('text') } });
    const shown = await flow.show(id);
    expect(shown).toMatchObject({ status: 'done', labels: { host: hostname(), project: 'p' } });
    expect(shown.steps[0]).toMatchObject({
      ...{ name: 'top', status: 'done', attempts: 1, reason: 'first run', facts: { length: 4 } },
      ...{ outputs: { out: digestBytes('text') }, log: join(dir, '.towpath/logs', id, 'top.log') },
    });
    expect(shown.steps[0]).not.toHaveProperty('process');
    expect(await store.records.curves.of(id, 'top')).toEqual([{ step: 1, loss: 2 }]);
    expect(await store.records.lineage.readersOf([digestBytes('text')])).toMatchObject([
      { label: 'top/out' },
    ]);
    expect((await readFile(shown.steps[0]?.log ?? '', 'utf8')).endsWith(' out hello\n')).toBe(true);
    expect(told.closed()).toBe(1);
  });

  it('runs each step after what it needs, in the order of the plan, and what is known not again', async () => {
    await run(diamond, { cores: 1 });
    expect(ran()).toEqual(['top', 'left', 'right', 'end']);
    const again = await run(diamond);
    expect(statuses(again)).toEqual({ end: 'cached', left: 'cached', right: 'cached', top: 'cached' });
    expect(ran()).toHaveLength(4);
    expect(again.steps.get('end')).toMatchObject({
      facts: { length: 3 },
      outputs: { out: digestBytes('end') },
    });
    expect((await flow.show(again.run)).steps.map(({ status }) => status)).toEqual(Array(4).fill('cached'));
    expect(kinds().filter((each) => each.startsWith('step-started'))).toEqual([]);
    await run(diamond, { fromScratch: true });
    expect(ran()).toHaveLength(8);
    expect(events[1]).toMatchObject({ type: 'step-started', reason: 'run from scratch' });
  });

  it('hands a task all that it is, with what its kind leaves open', async () => {
    const full: StepKind = {
      ...{
        ...kind,
        exportName: 'other',
        fresh: true,
        leaves: 'found',
        memory: 64,
        timeout: 5000,
        grace: 7,
        cores: 3,
      },
    };
    await run([node('one', [], { params: { x: 1 } }), node('two', ['one'], { kind: full })], { cores: 2 });
    const [one, two] = told.tasks;
    const key = (await flow.show('last')).steps[0]?.key ?? '';
    expect(one).toEqual({
      ...{ step: 'one', kind: 'test.told', code: expect.any(String) as string, params: { x: 1 }, inputs: {} },
      ...{ cores: 1, module: kind.module, exportName: 'step', fresh: false, outputs: ['out'] },
      ...{ seed: Number.parseInt(key.slice(0, 8), 16), memory: 2048, timeout: 3_600_000 },
    });
    expect(two).toMatchObject({
      ...{ exportName: 'other', fresh: true, leaves: 'found', memory: 64, timeout: 5000, grace: 7, cores: 2 },
      inputs: { a: digestBytes('one') },
    });
  });

  it.each([
    [1, 1],
    [2, 2],
    [2.9, 2],
    [0, 1],
    [9, 4],
  ])('with %d cores runs %d steps of one core at once', async (cores, most) => {
    let running = 0;
    let seen = 0;
    const act: Act = async ({ done }) => {
      running += 1;
      seen = Math.max(seen, running);
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      const outcome = await done();
      running -= 1;
      return outcome;
    };
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) acts[name] = act;
    expect(
      (
        await run(
          names.map((name) => node(name)),
          { cores },
        )
      ).status,
    ).toBe('done');
    expect(seen).toBe(most);
  });

  it('lets a step that wants all cores run alone, and in its turn', async () => {
    const active: string[] = [];
    const beside: string[] = [];
    const act: Act = async ({ task, done }) => {
      active.push(task.step);
      const outcome = await done();
      beside.push(active.join(' '));
      active.splice(active.indexOf(task.step), 1);
      return outcome;
    };
    for (const name of ['one', 'alone', 'two']) acts[name] = act;
    const alone = { ...kind, cores: 'all' } as const;
    await run([node('one'), node('alone', [], { kind: alone }), node('two')], { cores: 4 });
    expect(beside).toEqual(['one', 'alone', 'two']);
    expect(told.tasks.map(({ cores }) => cores)).toEqual([1, 4, 1]);
  });

  it('skips what needs a step that failed, runs all the others, and tells of the first failure', async () => {
    acts['bad'] = fails;
    const nodes = [
      node('bad'),
      node('other'),
      node('after', ['other', 'bad']),
      node('last', ['after']),
      node('fine', ['other']),
    ];
    const outcome = await run(nodes, { cores: 1 });
    expect(statuses(outcome)).toEqual({
      after: 'skipped',
      bad: 'failed',
      fine: 'done',
      last: 'skipped',
      other: 'done',
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'TOW_FLOW_STEP_FAILED', message: 'step bad failed: no' },
    });
    expect(outcome.steps.get('bad')?.error?.data).toMatchObject({
      run: outcome.run,
      step: 'bad',
      log: expect.stringMatching(/bad\.log$/) as string,
    });
    const shown = await flow.show(outcome.run);
    expect(shown.error?.code).toBe('TOW_FLOW_STEP_FAILED');
    expect(shown.steps.find(({ name }) => name === 'bad')).toMatchObject({
      status: 'failed',
      error: { code: 'TOW_FLOW_STEP_FAILED' },
    });
    expect(
      events
        .filter(({ type }) => type === 'step-finished')
        .find((event) => 'step' in event && event.step === 'bad'),
    ).toMatchObject({
      ...{ status: 'failed', error: { code: 'TOW_FLOW_STEP_FAILED' }, outputs: {}, facts: {} },
    });
    expect(events.at(-1)).toMatchObject({ status: 'failed', error: { code: 'TOW_FLOW_STEP_FAILED' } });
    delete acts['bad'];
    expect(statuses(await run(nodes))).toMatchObject({
      bad: 'done',
      other: 'cached',
      after: 'done',
      last: 'done',
    });
  });

  it('tries a step again that something outside killed, once, and one that crashed not', async () => {
    const ends: NodeJS.Signals[] = ['SIGKILL'];
    acts['one'] = ({ done }) => {
      const signal = ends.shift();
      return signal === undefined ? done() : Promise.resolve({ type: 'exited', code: null, signal });
    };
    const first = await run([node('one')]);
    expect(first.status).toBe('done');
    expect(kinds().slice(1, 4)).toEqual(['step-started one', 'step-started one', 'step-finished one']);
    expect(events[2]).toMatchObject({ attempt: 2 });
    expect((await flow.show('last')).steps[0]).toMatchObject({ attempts: 2 });
    const log = async () => await readFile((await flow.show('last')).steps[0]?.log ?? '', 'utf8');
    expect(await log()).toMatch(/ flow the process was killed from outside \(SIGKILL\): trying once more\n$/);
    ends.push('SIGKILL', 'SIGTERM');
    expect((await run([node('one')], { fromScratch: true })).error?.code).toBe('TOW_FLOW_STEP_KILLED');
    expect(await log()).toMatch(/ flow step one was killed by SIGTERM, twice\n$/);
    ends.push('SIGSEGV');
    expect((await run([node('one')], { fromScratch: true })).error?.code).toBe('TOW_FLOW_STEP_CRASHED');
    expect(ran()).toHaveLength(5);
  });

  it('stops when it is told to: what runs, and what would have', async () => {
    const stop = new AbortController();
    acts['slow'] = async ({ signal }) => {
      stop.abort();
      await new Promise((resolve) =>
        signal.aborted ? resolve(0) : signal.addEventListener('abort', resolve),
      );
      return { type: 'stopped', why: 'cancelled' };
    };
    const outcome = await run(
      [node('first'), node('slow', ['first']), node('after', ['slow']), node('never', ['first'])],
      {
        ...{ signal: stop.signal, cores: 1 },
      },
    );
    expect(statuses(outcome)).toEqual({
      after: 'cancelled',
      first: 'done',
      never: 'cancelled',
      slow: 'cancelled',
    });
    const message = `${outcome.run} was cancelled`;
    expect(outcome).toMatchObject({
      status: 'cancelled',
      error: { code: 'TOW_FLOW_CANCELLED', message, data: { run: outcome.run } },
    });
    expect(await flow.show(outcome.run)).toMatchObject({ status: 'cancelled', error: { message } });
    const before = await run([node('first'), node('other')], { signal: AbortSignal.abort() });
    expect(statuses(before)).toEqual({ first: 'cancelled', other: 'cancelled' });
    expect(ran()).not.toContain('other');
  });

  it('is done when all was done by the time that it was told to stop', async () => {
    const stop = new AbortController();
    acts['one'] = async ({ done }) => {
      const outcome = await done();
      stop.abort();
      return outcome;
    };
    expect((await run([node('one')], { signal: stop.signal })).status).toBe('done');
  });

  it('stops when the records ask it to, and says who did', async () => {
    acts['slow'] = async ({ signal, task }) => {
      expect(await flow.cancel('last', 'ann')).toBe('asked');
      await new Promise((resolve) =>
        signal.aborted ? resolve(0) : signal.addEventListener('abort', resolve),
      );
      expect(task.step).toBe('slow');
      return { type: 'stopped', why: 'cancelled' };
    };
    const outcome = await run([node('slow')]);
    expect(outcome.error?.message).toBe(`${outcome.run} was cancelled by ann`);
    expect(await flow.cancel(outcome.run, 'ann')).toBe('not running');
    expect(await flow.giveUp(outcome.run, 'ann')).toBe('not running');
  });

  it('fails as a whole, and is on record as that, when it cannot go on itself', async () => {
    const late = (): never => {
      throw new TowpathError('TOW_STORE_DISK_FULL', say('flow.nothing-ran'));
    };
    await expect(run([node('one'), node('two', ['one'], { late })])).rejects.toMatchObject({
      code: 'TOW_STORE_DISK_FULL',
    });
    const shown = await flow.show('last');
    expect(shown).toMatchObject({ status: 'failed', error: { code: 'TOW_STORE_DISK_FULL' } });
    expect(shown.steps.map(({ status }) => status)).toEqual(['done', 'skipped']);
    const odd = (): never => {
      throw new RangeError('odd');
    };
    await expect(run([node('one'), node('two', ['one'], { late: odd })])).rejects.toThrow('odd');
    expect((await flow.show('last')).error).toMatchObject({
      code: 'TOW_APP_INTERNAL',
      message: expect.stringContaining('odd') as string,
    });
    expect(statuses(await run([node('one')]))).toEqual({ one: 'cached' });
  });

  it('decides late what follows from what came before', async () => {
    const late: PlanNode['late'] = (outputs, { inputs }) => ({
      ...{
        params: { of: outputs('one', 'out') },
        inputs: { ...inputs, b: { artifact: outputs('one', 'out') } },
      },
    });
    await run([node('one'), node('two', ['one'], { late })]);
    expect(told.tasks[1]).toMatchObject({
      ...{ params: { of: digestBytes('one') }, inputs: { a: digestBytes('one'), b: digestBytes('one') } },
    });
    const wrong: PlanNode['late'] = (outputs) => ({ params: { of: outputs('one', 'none') }, inputs: {} });
    await expect(run([node('one'), node('two', ['one'], { late: wrong })])).rejects.toThrow(
      'step one has no output none',
    );
  });

  it('goes on whatever those who watch it throw', async () => {
    const observer = (): never => {
      throw new Error('watching');
    };
    expect((await run([node('one')], { observer })).status).toBe('done');
  });

  it('keeps beside its log what a step left, and what it said of any error', async () => {
    acts['bad'] = async (of) => {
      await writeFile(join(dir, 'found'), 'half');
      await of.exchange.leave('found.txt', join(dir, 'found'));
      return await fails(of);
    };
    acts['worse'] = () =>
      Promise.reject(new TowpathError('TOW_STORE_ARTIFACT_MISSING', say('flow.nothing-ran')));
    acts['odd'] = () => Promise.reject(new RangeError('odd'));
    const outcome = await run([node('bad'), node('worse'), node('odd')]);
    expect(await readFile(join(dir, '.towpath/logs', outcome.run, 'bad.found.txt'), 'utf8')).toBe('half');
    expect(outcome.steps.get('worse')?.error).toMatchObject({
      ...{ code: 'TOW_STORE_ARTIFACT_MISSING', where: 'step worse' },
      ...{ data: { run: outcome.run, step: 'worse', log: expect.any(String) as string } },
    });
    expect(outcome.steps.get('odd')?.error?.message).toContain('odd');
  });
});
