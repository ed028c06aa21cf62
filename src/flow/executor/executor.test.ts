import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import { openStore, type Store } from '../../store/open.ts';
import { stagingExecutor } from '../testing/staging-executor.ts';
import type { Exchange, Executor, StepTask, TaskListener } from './executor.ts';
import { ProcessExecutor } from './process-executor.ts';

const program = fileURLToPath(new URL('../../../dist/flow/step-process.js', import.meta.url));
const module = new URL('../testing/steps.mjs', import.meta.url).href;

interface Place {
  readonly dir: string;
  readonly store: Store;
}

const options = ({ dir }: Place) => ({
  program,
  env: process.env,
  grace: 200,
  projectDir: join(dir, 'project'),
});

const executors: Readonly<Record<string, (place: Place) => Executor>> = {
  processes: (place) =>
    new ProcessExecutor({
      ...options(place),
      ...{ keepDir: join(place.dir, 'keep'), workspaces: place.store.workspaces },
    }),
  'a second place': (place) => stagingExecutor({ ...options(place), stage: join(place.dir, 'stage') }),
};

describe.each(Object.entries(executors))('the executor over %s', (_, open) => {
  let place: Place;
  let executor: Executor;
  let exchange: Exchange;
  let lines: string[];
  let events: string[];
  beforeEach(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'towpath-executor-'));
    for (const folder of ['keep', 'project']) await mkdir(join(dir, folder));
    place = { dir, store: await openStore({ dir: join(dir, '.towpath'), clock: systemClock }) };
    executor = open(place);
    const { artifacts } = place.store;
    exchange = {
      open: (digest) => artifacts.open(digest),
      adopt: (output, path) => artifacts.adopt(path, output),
      leave: async (name, path) => void lines.push(`left ${name} ${await readFile(path, 'utf8')}`),
    };
    [lines, events] = [[], []];
  });
  afterEach(async () => {
    await executor.close();
    await place.store.close();
    await rm(place.dir, { recursive: true });
  });

  const task = (changes: Partial<StepTask> = {}): StepTask => ({
    ...{ step: 'one', kind: 'test.join', code: digestBytes('code'), module, exportName: 'step' },
    ...{ params: { text: 'a', sleep: 0 }, inputs: {}, outputs: ['text'], seed: 1, cores: 1 },
    ...{ memory: 128, timeout: 60_000, fresh: false, ...changes },
  });
  const bad = (how: string, changes: Partial<StepTask> = {}): StepTask =>
    task({ kind: 'test.bad', exportName: 'bad', params: { how, file: join(place.dir, 'pid') }, ...changes });
  const listener: TaskListener = {
    started: (process) => Promise.resolve(void events.push(process === undefined ? 'unknown' : 'started')),
    progress: ({ done }) => events.push(`progress ${String(done)}`),
    metric: ({ step }) => events.push(`metric ${String(step)}`),
    line: (source, line) => lines.push(`${source} ${line}`),
  };
  const run = (given: StepTask, signal = new AbortController().signal) =>
    executor.run(given, exchange, listener, signal);
  const text = async (digest: Digest | undefined): Promise<string> =>
    digest === undefined ? '' : await readFile(await place.store.artifacts.open(digest), 'utf8');
  const made = async (given: StepTask): Promise<Digest> => {
    const outcome = await run(given);
    if (outcome.type !== 'done' || outcome.outputs['text'] === undefined) throw new Error(outcome.type);
    return outcome.outputs['text'].digest;
  };

  it('brings inputs in by their digests, and takes outputs out', async () => {
    const a = await made(task());
    const b = await made(task({ params: { text: 'b', sleep: 0 }, inputs: { a } }));
    expect([await text(a), await text(b)]).toEqual(['a', 'b(a)']);
  });

  it('tells of the process before it acts, of progress, metrics, facts and lines', async () => {
    const outcome = await run(task());
    expect(outcome).toMatchObject({ type: 'done', facts: { parts: 0 } });
    expect(events[0]).toBe('started');
    expect(events).toEqual(expect.arrayContaining(['progress 1', 'metric 2']));
    expect(lines).toContain('log joining a');
  });

  it('keeps what a step keeps for its next attempt, and nothing else', async () => {
    await made(task());
    await made(task({ params: { text: 'b', sleep: 0 } }));
    const files = await readdir(place.dir, { recursive: true });
    const kept = files.filter((path) => path.endsWith('executions'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(place.dir, kept[0] ?? ''), 'utf8')).toBe('a\nb\n');
    expect(files.filter((path) => /scratch|[\\/]out$/.test(path))).toEqual([]);
  });

  it('refuses an input that the store has not, and an output that was not written', async () => {
    await expect(run(task({ inputs: { a: digestBytes('none') } }))).rejects.toMatchObject({
      code: 'TOW_STORE_ARTIFACT_MISSING',
    });
    await expect(run(bad('no output'))).rejects.toMatchObject({ code: 'TOW_FLOW_STEP_OUTPUT_MISSING' });
  });

  it.each([
    ['throw', { type: 'failed', error: { code: 'TOW_FLOW_STEP_FAILED' } }],
    ['exit', { type: 'exited', code: 7 }],
    ['abort', { type: 'exited', signal: 'SIGABRT' }],
  ])('says how a step that does %s ended, and leaves nothing', async (how, outcome) => {
    expect(await run(bad(how))).toMatchObject(outcome);
    const files = await readdir(place.dir, { recursive: true });
    expect(files.filter((path) => /scratch|[\\/]out$/.test(path))).toEqual([]);
  });

  it('hands over what a step leaves when it fails', async () => {
    await run(bad('throw', { leaves: 'found' }));
    expect(lines).toContain('left found half');
  });

  it('stops one that is cancelled, and one that takes too long', async () => {
    const cancel = new AbortController();
    const running = run(bad('stubborn'), cancel.signal);
    await expect.poll(() => readFile(join(place.dir, 'pid'), 'utf8').catch(() => '')).not.toBe('');
    cancel.abort();
    expect(await running).toEqual({ type: 'stopped', why: 'cancelled' });
    expect(await run(bad('stubborn', { timeout: 300 }))).toEqual({ type: 'stopped', why: 'timeout' });
    await writeFile(join(place.dir, 'pid'), '');
  });
});
