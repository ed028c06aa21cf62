import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../core/digest.ts';
import type { PlanNode } from './plan.ts';
import { testProject, type TestProject } from './testing/project.ts';
// @ts-expect-error a fixture in plain JavaScript: steps run in processes without TypeScript
import * as fixture from './testing/steps.mjs';
import type { StepKind } from './step.ts';

const kinds = fixture as unknown as Record<'step' | 'bad' | 'alone' | 'hasty', StepKind>;

function node(name: string, needs: string[] = [], text = name): PlanNode {
  const inputs = Object.fromEntries(needs.map((step, at) => ['abc'[at] ?? '', { step, output: 'text' }]));
  return { name, kind: kinds.step, params: { text }, inputs };
}

function bad(how: string, file = '', kind: StepKind = kinds.bad): PlanNode {
  return { name: 'bad', kind, params: { how, file } };
}

const diamond = (text = 'top'): PlanNode[] => [
  node('end', ['left', 'right']),
  node('left', ['top']),
  node('right', ['top']),
  node('top', [], text),
];

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'latin1').catch(() => '');
    if (stat === '' || stat.slice(stat.lastIndexOf(')')).startsWith(') Z')) return true;
    await sleep(50);
  }
  return false;
}

describe('the flow engine', () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await testProject();
  });
  afterEach(() => project.close());
  const statuses = (outcome: { steps: ReadonlyMap<string, { status: string }> }): Record<string, string> =>
    Object.fromEntries([...outcome.steps].map(([name, { status }]) => [name, status] as const).sort());

  it('runs a graph in order and, asked again, runs nothing', async () => {
    const first = await project.run(diamond());
    expect(first.status).toBe('done');
    expect(await project.text(first.steps.get('end')?.outputs['text'])).toBe('end(left(top)(right(top)))');
    const again = await project.run(diamond());
    expect(statuses(again)).toEqual({ end: 'cached', left: 'cached', right: 'cached', top: 'cached' });
    expect(again.steps.get('end')?.facts).toEqual(first.steps.get('end')?.facts);
    expect((await project.executions()).sort()).toEqual(['end', 'left', 'right', 'top']);
    expect(await readdir(join(project.stateDir, 'tmp'))).toEqual([]);
  });

  it('keeps what a step measures while it runs', async () => {
    const { run } = await project.run([node('top')]);
    const points = await project.store.records.curves.of(run, 'top');
    expect(points).toEqual([
      { step: 1, length: 3 },
      { step: 2, length: 6 },
    ]);
  });

  it('says why it runs a step', async () => {
    const reasons = (events: { type: string; step?: string; reason?: string }[]): Record<string, string> =>
      Object.fromEntries(
        events.filter(({ type }) => type === 'step-started').map((e) => [e.step ?? '', e.reason ?? '']),
      );
    expect(reasons((await project.run(diamond())).events)['top']).toBe('first run');
    expect(reasons((await project.run(diamond('new'))).events)).toEqual({
      ...{ top: 'parameter text changed', left: 'input a changed', right: 'input a changed' },
      end: 'input a changed',
    });
    const digest = (await project.run(diamond('new'))).steps.get('left')?.outputs['text'] ?? '';
    await rm(join(project.stateDir, 'artifacts', digest.slice(0, 2), digest), { recursive: true });
    expect(reasons((await project.run(diamond('new'))).events)).toEqual({ left: 'output text missing' });
    const external = [{ name: 'f', digest: digestBytes('1'), label: 'docs/f.md' }];
    expect(reasons((await project.run([{ ...node('top', [], 'new'), external }])).events)).toEqual({
      top: 'source docs/f.md added',
    });
    const scratch = await project.run([node('top', [], 'new')], { fromScratch: true });
    expect(reasons(scratch.events)).toEqual({ top: 'run from scratch' });
  });

  it('skips what needs a failed step, finishes the rest, and says where to look', async () => {
    const nodes = [
      ...[node('other'), { name: 'bad', kind: kinds.bad, params: { how: 'throw' } }],
      { ...node('after'), inputs: { a: { step: 'bad', output: 'text' } } },
    ];
    const outcome = await project.run(nodes);
    expect(outcome.status).toBe('failed');
    expect(statuses(outcome)).toEqual({ after: 'skipped', bad: 'failed', other: 'done' });
    expect(outcome.error).toMatchObject({
      code: 'TOW_FLOW_STEP_FAILED',
      message: 'step bad failed: the moon is full',
      hint: `see towpath logs ${outcome.run} bad`,
    });
    expect(JSON.stringify(outcome.error?.data)).toContain('about to fail');
    const shown = await project.flow.show('last');
    expect(shown).toMatchObject({ status: 'failed', error: { code: 'TOW_FLOW_STEP_FAILED' } });
    const lines = [];
    for await (const { line } of project.flow.logs('last', { step: 'bad' })) lines.push(line);
    expect(lines.some((line) => /^20\S+Z out about to fail$/.test(line))).toBe(true);
    expect(lines.some((line) => line.includes('TypeError: the moon is full'))).toBe(true);
  });

  it.each([
    ['exit', 'TOW_FLOW_STEP_CRASHED'],
    ['abort', 'TOW_FLOW_STEP_CRASHED'],
    ['link', 'TOW_STORE_ARTIFACT_REFUSED'],
    ['no output', 'TOW_FLOW_STEP_OUTPUT_MISSING'],
    ['memory', 'TOW_FLOW_STEP_MEMORY'],
    ['killed always', 'TOW_FLOW_STEP_KILLED'],
  ])('reports a step that ends by %s', async (how, code) => {
    const { status, error, run } = await project.run([bad(how)]);
    expect(status).toBe('failed');
    expect(error).toMatchObject({ code, data: { step: 'bad', run } });
    expect(await readdir(join(project.stateDir, 'tmp'))).toEqual([]);
  });

  it('names what a step was working on when memory ran out', async () => {
    const { error } = await project.run([bad('memory')]);
    expect(error?.message).toBe(
      'step bad needed more memory than its limit of 64 MiB, working on docs/big.txt (191 MiB)',
    );
  });

  it('tries a step once more when something outside kills it, and records that', async () => {
    const { status, run } = await project.run([bad('killed once', join(project.dir, 'flag'))]);
    expect(status).toBe('done');
    expect((await project.flow.show(run)).steps[0]).toMatchObject({ attempts: 2, status: 'done' });
  });

  it('stops a step at its time limit', async () => {
    const { error } = await project.run([bad('stubborn', join(project.dir, 'pid'), kinds.hasty)]);
    expect(error?.code).toBe('TOW_FLOW_STEP_TIMEOUT');
  });

  it('leaves no process of a step behind when the step is done', async () => {
    const file = join(project.dir, 'pid');
    expect((await project.run([bad('grandchild', file)])).status).toBe('done');
    expect(await gone(Number(await readFile(file, 'utf8')))).toBe(true);
  });

  it('cancels on request from the records, killing what does not stop', async () => {
    const file = join(project.dir, 'pid');
    const running = project.run([
      bad('stubborn', file),
      { ...node('after'), inputs: { a: { step: 'bad', output: 'text' } } },
    ]);
    let pid = '';
    while (pid === '') {
      await sleep(50);
      pid = await readFile(file, 'utf8').catch(() => '');
    }
    expect(await project.flow.cancel('last', 'ann')).toBe('asked');
    const outcome = await running;
    expect(outcome.status).toBe('cancelled');
    expect(outcome.error?.message).toContain('cancelled by ann');
    expect(statuses(outcome)).toEqual({ after: 'cancelled', bad: 'cancelled' });
    expect(await gone(Number(pid))).toBe(true);
    expect(await project.flow.cancel(outcome.run, 'ann')).toBe('not running');
  });

  it('uses a process again only after a clean end', async () => {
    const same = (how: string, name: string): PlanNode => ({ ...bad(how), name });
    const one = await project.run([same('a', 'one'), same('b', 'two')], { cores: 1 });
    const pids = await Promise.all(
      ['one', 'two'].map((name) => project.text(one.steps.get(name)?.outputs['text'])),
    );
    expect(pids[0]).toBe(pids[1]);
    const dirty = await project.run([same('changes the environment', 'one'), same('c', 'two')], { cores: 1 });
    expect(await project.text(dirty.steps.get('two')?.outputs['text'])).toMatch(/^\d+ {2}UTC$/);
  });

  it('bounds the log of a step that never stops talking and keeps its end', async () => {
    const { status, run } = await project.run([bad('chatty')]);
    expect(status).toBe('done');
    const log = await readFile(join(project.stateDir, 'logs', run, 'bad.log'), 'utf8');
    expect(log.length).toBeLessThan(9 * 2 ** 20);
    expect(log).toContain('lines left out');
    expect(log.trimEnd().split('\n').at(-1)).toContain('line 149999');
  });

  it('lets a step that wants every core run alone', async () => {
    const events: string[] = [];
    const observer = (event: { type: string; step?: string }): void => {
      if (/^step-(?:started|finished)/.test(event.type))
        events.push(`${event.type.slice(5)} ${event.step ?? ''}`);
    };
    const nodes = [node('one'), { ...bad('x', '', kinds.alone), name: 'alone' }, node('two')];
    await project.run(nodes, { cores: 4, observer });
    const at = events.indexOf('started alone');
    expect(events[at + 1]).toBe('finished alone');
    expect(events[at - 1]).toBe('finished one');
  });

  it('lets two runs of one plan share each step', async () => {
    const slow: PlanNode[] = [
      { ...node('slow'), params: { text: 'slow', sleep: 400 } },
      node('next', ['slow']),
    ];
    const outcomes = await Promise.all([project.run(slow), project.run(slow)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(await project.executions()).toEqual(['slow', 'next']);
    expect(outcomes.flatMap(({ events }) => events).some(({ type }) => type === 'step-waiting')).toBe(true);
  });

  it('goes on from a run whose engine died', async () => {
    const first = await project.run([node('top')]);
    await project.store.records.runs.create({
      ...{ id: 'run-zzz', engine: '1-1-0', startedAt: Date.now() + 1000, labels: {} },
      plan: (await project.flow.show(first.run)).plan,
      steps: [{ name: 'top', kind: 'test.join' }],
    });
    const second = await project.run([node('top')]);
    expect(second.events[0]).toMatchObject({ type: 'run-started', resumedFrom: 'run-zzz' });
    expect(await project.flow.show('zzz')).toMatchObject({
      status: 'interrupted',
      steps: [{ status: 'interrupted' }],
    });
  });

  it('traces a source file forwards to everything made of it, and a result back to its sources', async () => {
    const external = [{ name: 'a', digest: digestBytes('text'), label: 'docs/a.md' }];
    const nodes = diamond().map((each) => (each.name === 'top' ? { ...each, external } : each));
    await project.run(nodes);
    const outcome = await project.run(nodes);
    const forwards = await project.flow.lineage('docs/a.md', { direction: 'forwards' });
    expect(forwards.steps.map(({ step }) => step).sort()).toEqual(['end', 'left', 'right', 'top']);
    expect(forwards.steps[0]?.runs).toHaveLength(2);
    const end = outcome.steps.get('end')?.outputs['text'] ?? '';
    const back = await project.flow.lineage(end.slice(0, 12), { direction: 'backwards' });
    expect(back.roots).toEqual([end]);
    expect(back.items.find(({ labels }) => labels.includes('docs/a.md'))?.digest).toBe(digestBytes('text'));
    expect(back.edges).toHaveLength(4 + 1 + 4);
    await expect(project.flow.lineage('0000000000', { direction: 'forwards' })).rejects.toMatchObject({
      code: 'TOW_FLOW_DIGEST_UNKNOWN',
    });
  });

  it('sets a tampered input aside with a clear error, and the next run makes it anew', async () => {
    const { steps } = await project.run([node('top')]);
    const digest = steps.get('top')?.outputs['text'] ?? '';
    const path = join(project.stateDir, 'artifacts', digest.slice(0, 2), digest, 'content');
    const { mtime } = await import('node:fs/promises').then(({ stat }) => stat(path));
    await writeFile(path, 'toq');
    await import('node:fs/promises').then(({ utimes }) => utimes(path, mtime, mtime));
    const outcome = await project.run([node('top'), node('next', ['top'])]);
    expect(outcome.error?.code).toBe('TOW_STORE_ARTIFACT_TAMPERED');
    const again = await project.run([node('top'), node('next', ['top'])]);
    expect(await project.text(again.steps.get('next')?.outputs['text'])).toBe('next(top)');
  });

  it('knows runs by a beginning of their id and says which it may mean', async () => {
    const { run } = await project.run([node('top')]);
    expect((await project.flow.show(run.slice(0, -2))).id).toBe(run);
    expect((await project.flow.show(run.slice(4))).id).toBe(run);
    await expect(project.flow.show('run-nope')).rejects.toMatchObject({ code: 'TOW_FLOW_RUN_UNKNOWN' });
  });
});
