import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from '../core/process-identity.ts';
import type { FlowEvent } from './events.ts';
import type { Flow } from './flow.ts';
import {
  statuses,
  toldEngine,
  toldKind as kind,
  toldNode as node,
  type ToldEngine,
} from './testing/told-engine.ts';
import type { Act } from './testing/told-executor.ts';

const stranger = '4711-93402-abcdef01-4026531836-0123456789ab';

describe('the runs of an engine', () => {
  let engine: ToldEngine;
  let { store, flow, acts, events, run, kinds } = {} as ToldEngine;
  beforeEach(async () => {
    engine = await toldEngine();
    ({ store, flow, acts, events, run, kinds } = engine);
  });
  afterEach(() => engine.close());

  describe('beside another run', () => {
    /** Puts a run on record that another engine is taking through, with its claim on the only step of a plan. */
    const other = async (engine: string): Promise<string> => {
      await run([node('one')]);
      const startedAt = Date.now();
      const { plan, steps } = await flow.show('last');
      const id = 'run-zzz';
      const labels = { host: 'barge' };
      await store.records.runs.create({
        id,
        plan,
        engine,
        startedAt,
        labels,
        steps: [{ name: 'one', kind: kind.name }],
      });
      const key = steps[0]?.key as never;
      await store.records.results.claim({ key, run: id, engine, at: startedAt });
      return id;
    };
    const parent = identifyProcess(process.ppid) ?? '';

    it('waits for it, tells so once, and takes what it made', async () => {
      const id = await other(parent);
      const observer = (event: FlowEvent): void => {
        if (event.type === 'step-waiting') void store.records.results.releaseAll(id);
      };
      const outcome = await run([node('one')], { observer, fromScratch: true });
      expect(events.filter(({ type }) => type === 'step-waiting')).toEqual([
        { type: 'step-waiting', run: outcome.run, step: 'one', on: id },
      ]);
      expect(outcome.steps.get('one')?.status).toBe('cached');
      expect(kinds()).not.toContain('step-started one');
    });

    it.each([
      [parent, /^cancel it with towpath cancel run-zzz, then run again/, {}],
      [
        stranger,
        /^cancel it with towpath cancel run-zzz, or, if barge is gone for good/,
        { elsewhere: 'barge' },
      ],
    ])('does not wait for ever for %s, and says what to do', async (who, hint, elsewhere) => {
      await engine.close();
      let now = 0;
      engine = await toldEngine({ monotonic: () => (now += 3_700_000) });
      ({ store, flow, events, run, kinds } = engine);
      await other(who);
      const outcome = await run([node('one')], { fromScratch: true });
      expect(outcome.error).toMatchObject({
        ...{ code: 'TOW_FLOW_STEP_BUSY', where: 'step one', hint: expect.stringMatching(hint) as string },
        message: 'step one is being computed by run-zzz, which does not end',
      });
      expect(events.find(({ type }) => type === 'step-waiting')).toEqual({
        ...{ type: 'step-waiting', run: outcome.run, step: 'one', on: 'run-zzz', ...elsewhere },
      });
    });

    it('can be stopped while it waits', async () => {
      await other(parent);
      const stop = new AbortController();
      const observer = (event: FlowEvent): void => {
        if (event.type === 'step-waiting') stop.abort();
      };
      const outcome = await run([node('one')], { observer, signal: stop.signal, fromScratch: true });
      expect(outcome.status).toBe('cancelled');
      expect(outcome.steps.get('one')?.error?.message).toBe('step one was cancelled');
    });

    it('takes over from one that is dead, or has ended', async () => {
      const id = await other(parent);
      await store.records.runs.finish(id, { status: 'failed', at: 1, steps: 'skipped' });
      expect(statuses(await run([node('one')], { fromScratch: true }))).toEqual({ one: 'done' });
      expect(kinds()).not.toContain('step-waiting one');
    });

    it('ends a dead one and goes on from it', async () => {
      const id = await other('1-1-0');
      const outcome = await run([node('one')]);
      expect(events[0]).toMatchObject({ type: 'run-started', resumedFrom: id });
      expect(await flow.show(id)).toMatchObject({
        status: 'interrupted',
        steps: [{ status: 'interrupted' }],
      });
      expect(await flow.show(outcome.run)).toMatchObject({ resumedFrom: id });
      await run([node('one')]);
      expect(events[0]).not.toHaveProperty('resumedFrom');
      await run([node('two')]);
      expect(events[0]).not.toHaveProperty('resumedFrom');
    });

    it('ends it on request where it is gone for good, and only there', async () => {
      const id = await other(stranger);
      expect(await flow.giveUp('zzz', 'ann')).toBe('given up');
      expect(await flow.show(id)).toMatchObject({
        ...{ status: 'interrupted', cancelAskedBy: 'ann', steps: [{ status: 'interrupted' }] },
        error: {
          code: 'TOW_FLOW_CANCELLED',
          message: 'run-zzz was given up by ann: barge is gone',
          data: { run: id },
        },
      });
      expect(statuses(await run([node('one')], { fromScratch: true }))).toEqual({ one: 'done' });
      expect(kinds()).not.toContain('step-waiting one');
    });

    it('does not give up what lives on this machine', async () => {
      const id = await other(parent);
      await expect(flow.giveUp(id, 'ann')).rejects.toMatchObject({
        ...{ code: 'TOW_FLOW_RUN_ALIVE', message: 'run-zzz goes on at this machine: it is not gone' },
        hint: expect.stringContaining('towpath cancel run-zzz') as string,
      });
    });
  });

  it('knows runs by their beginning, the last by that word, and says which it may mean', async () => {
    const unknown = (reference: string, expected: object) =>
      expect(flow.show(reference)).rejects.toMatchObject({ code: 'TOW_FLOW_RUN_UNKNOWN', ...expected });
    await unknown('last', {
      message: 'nothing has run yet',
      hint: expect.stringContaining('towpath run') as string,
    });
    const ids = [(await run([node('one')])).run, (await run([node('one')])).run];
    expect((await flow.show('last')).id).toBe(ids[1]);
    expect((await flow.runs()).map(({ id }) => id)).toEqual([...ids].reverse());
    expect(await flow.runs(1)).toHaveLength(1);
    for (const id of ids)
      for (const reference of [id, id.slice(4)]) expect((await flow.show(reference)).id).toBe(id);
    await unknown('run-', { message: `several runs begin with run-: ${[...ids].reverse().join(', ')}` });
    await unknown('nope', { message: 'no run nope' });
  });

  it('gives the logs of all steps, of one, and while they grow', async () => {
    const said: Act = ({ task, listener, done }) => {
      listener.line('out', `by ${task.step}`);
      return done();
    };
    for (const name of ['one', 'two']) acts[name] = said;
    const { run: id } = await run([node('one'), node('two', ['one'])]);
    const lines = async (...options: Parameters<Flow['logs']> extends [string, ...infer R] ? R : never) => {
      const found: string[] = [];
      for await (const { step, line } of flow.logs(id, ...options)) found.push(`${step}: ${line.slice(25)}`);
      return found;
    };
    expect(await lines()).toEqual(['one: out by one', 'two: out by two']);
    expect(await lines({ step: 'two' })).toEqual(['two: out by two']);
    expect(await lines({ follow: true })).toEqual(['one: out by one', 'two: out by two']);
    await expect(lines({ step: 'none' })).rejects.toMatchObject({
      ...{ code: 'TOW_FLOW_STEP_UNKNOWN', message: `${id} has no step none`, hint: 'it has: one, two' },
    });
    const seen: string[] = [];
    let following: Promise<void> | undefined;
    acts['slow'] = async ({ listener, done }) => {
      listener.line('out', 'first');
      following = (async () => {
        for await (const { line } of flow.logs('last', { follow: true })) {
          seen.push(line.slice(25));
          if (seen.length === 1) listener.line('out', 'second');
        }
      })();
      await expect.poll(() => seen.length).toBe(2);
      return await done();
    };
    await run([node('slow')]);
    await following;
    expect(seen).toEqual(['out first', 'out second']);
  });
});
