import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes, type Digest } from '../core/digest.ts';
import { traceLineage, type Lineage, type LineageOptions } from './lineage.ts';
import { openHistory, type History, type StepOfRun } from './testing/history.ts';

/** From files to a release, by way of a verdict that is the same for whatever passes. */
const delivery = (text: string, ...files: string[]): StepOfRun[] => [
  {
    name: 'dataset',
    reads: Object.fromEntries(files.map((file) => [file, `file:${file}=text of ${file}`])),
    writes: { set: `set ${text}` },
  },
  { name: 'gate', reads: { set: `dataset/set=set ${text}` }, writes: { verdict: 'passed' } },
  {
    name: 'release',
    reads: { verdict: 'gate/verdict=passed', set: `dataset/set=set ${text}` },
    writes: { manifest: `release ${text}` },
  },
];
const again = (steps: readonly StepOfRun[]): StepOfRun[] => steps.map((step) => ({ ...step, cached: true }));

describe('lineage by the records', () => {
  let dir: string;
  let history: History;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-lineage-'));
    history = await openHistory(join(dir, 'towpath.db'));
  });
  afterEach(async () => {
    await history.records.close();
    await rm(dir, { recursive: true });
  });

  const trace = (reference: string, options: LineageOptions) =>
    traceLineage(history.records, reference, options);
  const back = (text: string, more: Omit<LineageOptions, 'direction'> = {}) =>
    trace(digestBytes(text), { direction: 'backwards', ...more });
  const forth = (reference: string, more: Omit<LineageOptions, 'direction'> = {}) =>
    trace(reference, { direction: 'forwards', ...more });
  const edgesOf = ({ edges, steps }: Lineage): string[] =>
    edges
      .map(({ key, role, label }) => `${steps.find((step) => step.key === key)?.step ?? ''} ${role} ${label}`)
      .sort();
  const labels = ({ items }: Lineage): string[] => items.flatMap((item) => item.labels).sort();
  const stepsOf = ({ steps }: Lineage): string[] => steps.map(({ step }) => step);

  it('says of each item what it is, and of each step which runs used it', async () => {
    const [, , key] = await history.run('run-1', delivery('x', 'a.md'));
    await history.run('run-2', again(delivery('x', 'a.md')));
    const manifest = digestBytes('release x');
    await history.records.releases.create({ manifest, run: 'run-1', createdBy: 'ann' });
    const found = await back('release x');
    expect(found).toMatchObject({ roots: [manifest], direction: 'backwards', truncated: false });
    expect(stepsOf(found)).toEqual(['dataset', 'gate', 'release']);
    expect(found.steps[2]).toMatchObject({ key, kind: 'test.kind', run: 'run-1', runs: ['run-2', 'run-1'] });
    expect(edgesOf(found)).toEqual([
      ...['dataset external a.md', 'dataset output set', 'gate input dataset/set', 'gate output verdict'],
      ...['release input dataset/set', 'release input gate/verdict', 'release output manifest'],
    ]);
    const item = (text: string) => found.items.find(({ digest }) => digest === digestBytes(text));
    expect(found.items).toHaveLength(4);
    expect(item('release x')).toMatchObject({ release: 'r1', labels: [], artifact: { media: 'text/plain' } });
    expect(item('text of a.md')).toEqual({ digest: digestBytes('text of a.md'), labels: ['a.md'] });
    expect(item('passed')).not.toHaveProperty('release');
  });

  it('keeps runs apart that wrote equal artifacts, in both directions', async () => {
    await history.run('run-1', delivery('x', 'a.md', 'b.md'));
    await history.run('run-2', delivery('y', 'b.md', 'c.md'));
    expect(labels(await back('release x'))).toEqual(['a.md', 'b.md']);
    expect(labels(await back('release y'))).toEqual(['b.md', 'c.md']);
    const digests = async (file: string) => (await forth(file)).items.map(({ digest }) => digest);
    expect(await digests('a.md')).toContain(digestBytes('release x'));
    expect(await digests('a.md')).not.toContain(digestBytes('release y'));
    expect(await digests('b.md')).toEqual(
      expect.arrayContaining([digestBytes('release x'), digestBytes('release y')]),
    );
    expect(labels(await back('passed'))).toEqual(['a.md', 'b.md', 'c.md']);
  });

  it('leads a release back through the run that it was made by, others through the one that made them', async () => {
    const shared = { name: 'release', reads: {}, writes: { manifest: 'the same' } };
    const from = (file: string): StepOfRun[] => [
      { name: 'dataset', reads: { f: `file:${file}=${file}` }, writes: { set: file } },
      { ...shared, key: file, reads: { set: `dataset/set=${file}` } },
    ];
    await history.run('run-1', from('a.md'));
    await history.run('run-2', from('b.md'));
    expect(labels(await back('the same'))).toEqual(['a.md', 'b.md']);
    await history.records.releases.create({
      manifest: digestBytes('the same'),
      run: 'run-2',
      createdBy: 'ann',
    });
    expect(labels(await back('the same'))).toEqual(['b.md']);
  });

  it('tells steps of one run apart that wrote equal artifacts, by the names under which they were read', async () => {
    const gate = (name: string, file: string): StepOfRun => ({
      ...{ name, reads: { f: `file:${file}=${file}` }, writes: { verdict: 'passed' } },
    });
    const release = (name: string, of: string): StepOfRun => ({
      ...{ name, reads: { verdict: `${of}/verdict=passed` }, writes: { manifest: name } },
    });
    const steps = [
      gate('one', 'a.md'),
      gate('two', 'b.md'),
      release('first', 'one'),
      release('second', 'two'),
    ];
    await history.run('run-1', steps);
    expect(labels(await back('first'))).toEqual(['a.md']);
    expect(labels(await back('second'))).toEqual(['b.md']);
  });

  it('adds nothing for runs that reused everything', async () => {
    await history.run('run-1', delivery('x', 'a.md'));
    const once = await forth('a.md');
    await history.run('run-2', again(delivery('x', 'a.md')));
    const twice = await forth('a.md');
    expect(edgesOf(twice)).toEqual(edgesOf(once));
    expect(edgesOf(once)).toEqual([
      ...['dataset external a.md', 'dataset output set', 'gate input dataset/set', 'gate output verdict'],
      ...['release input dataset/set', 'release input gate/verdict', 'release output manifest'],
    ]);
  });

  it('shows what was taken from another run, and does not follow it', async () => {
    await history.run('run-1', delivery('x', 'a.md'));
    const [dataset, , release] = delivery('y', 'b.md');
    if (!dataset || !release) throw new Error('no steps');
    const gate = {
      name: 'gate',
      reads: { set: 'dataset/set=set y', live: 'artifact=release x' },
      writes: { verdict: 'passed' },
    };
    await history.run('run-2', [dataset, gate, release]);
    const found = await back('release y');
    expect(found.items.map(({ digest }) => digest)).toContain(digestBytes('release x'));
    expect(labels(found)).toEqual(['b.md']);
    expect((await forth('a.md')).items.map(({ digest }) => digest)).not.toContain(digestBytes('release y'));
  });

  it('finds a step that a later plan named otherwise by what it wrote', async () => {
    const [dataset, gate, release] = delivery('x', 'a.md');
    if (!dataset || !gate || !release) throw new Error('no steps');
    await history.run('run-1', [dataset]);
    const key = JSON.stringify([dataset.name, dataset.reads, dataset.writes]);
    await history.run('run-2', [{ ...dataset, key, name: 'corpus', cached: true }, gate, release]);
    expect(labels(await back('release x'))).toEqual(['a.md']);
    expect(stepsOf(await forth('a.md'))).toEqual(['dataset', 'gate', 'release']);
  });

  it('goes by the results themselves where no run is known any more', async () => {
    await history.run('run-1', delivery('x', 'a.md'));
    const lost = await openHistory(join(dir, 'rebuilt.db'));
    for await (const result of history.records.restore.results())
      if (!('damaged' in result)) await lost.records.restore.putResults([result]);
    const options = { direction: 'backwards' } as const;
    const found = await traceLineage(lost.records, digestBytes('release x'), options);
    expect(labels(found)).toEqual(['a.md']);
    expect(stepsOf(found)).toEqual(['dataset', 'gate', 'release']);
    expect(found.steps[0]?.runs).toEqual([]);
    const into = await traceLineage(lost.records, 'a.md', { direction: 'forwards' });
    expect(edgesOf(into)).toEqual(['dataset external a.md', 'dataset output set']);
    await lost.records.close();
  });

  it('stops at its limit and says so', async () => {
    await history.run('run-1', delivery('x', 'a.md'));
    // All there is: four items and three steps.
    for (const [limit, truncated] of [
      [7, false],
      [2, true],
    ] as const) {
      expect((await back('release x', { limit })).truncated).toBe(truncated);
      expect((await forth('a.md', { limit })).truncated).toBe(truncated);
    }
    expect(stepsOf(await back('release x', { limit: 1 }))).toEqual(['release']);
  });

  it('leads from no file and to no file that was not taken', async () => {
    await history.run('run-1', delivery('x', 'a.md', 'b.md'));
    const took = ({ label }: { label: string }) => Promise.resolve(label !== 'b.md');
    expect(labels(await back('release x', { took }))).toEqual(['a.md']);
    const from = await forth('b.md', { took });
    expect(from).toMatchObject({ edges: [], steps: [], items: [{ labels: ['b.md'] }] });
  });

  it('follows every version of a file, and of files with equal content the one that was asked for', async () => {
    const version = (file: string, text: string): StepOfRun[] => [
      { name: 'dataset', reads: { f: `file:${file}=${text}` }, writes: { set: `${file} ${text}` } },
    ];
    await history.run('run-1', version('a.md', '1'));
    await history.run('run-2', version('a.md', '2'));
    await history.run('run-3', version('b.md', '1'));
    const found = await forth('a.md');
    expect([...found.roots].sort()).toEqual([digestBytes('1'), digestBytes('2')].sort());
    expect(found.items.map(({ digest }) => digest).sort()).toEqual(
      ['1', '2', 'a.md 1', 'a.md 2'].map((text) => digestBytes(text)).sort(),
    );
    expect(found.items.find(({ digest }) => digest === digestBytes('1'))?.labels).toEqual(['a.md']);
    expect((await forth(digestBytes('1'))).steps).toHaveLength(2);
  });

  it('knows a digest by its beginning, and says which it may mean', async () => {
    await history.run('run-1', delivery('x', 'a.md'));
    const digest = digestBytes('release x');
    for (const reference of [
      digest,
      digest.slice(0, 12),
      `sha256:${digest}`,
      `sha256:${digest.slice(0, 12)}`,
    ])
      expect((await trace(reference, { direction: 'backwards' })).roots).toEqual([digest]);
    const texts = Array.from({ length: 200 }, (_, at) => `text ${String(at)}`);
    const writes = Object.fromEntries(texts.map((text) => [text, text]));
    await history.run('run-2', [{ name: 'many', writes }]);
    const first = texts.map((text): Digest => digestBytes(text)).filter((each) => each.startsWith('a'));
    expect(first.length).toBeGreaterThan(5);
    const error: unknown = await trace('a', { direction: 'backwards' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'TOW_FLOW_DIGEST_UNKNOWN', hint: 'give more of its characters' });
    const { message } = error as Error;
    expect(message).toMatch(/^several digests begin with a: (?:a[0-9a-f]{15}, ){4}a[0-9a-f]{15}$/);
  });

  it.each(['', 'sha256:', 'x.md', 'ffffffffffff', '"'])('knows nothing called %j', async (reference) => {
    await history.run('run-1', delivery('x', 'a.md'));
    await expect(trace(reference, { direction: 'forwards' })).rejects.toMatchObject({
      ...{ code: 'TOW_FLOW_DIGEST_UNKNOWN' },
      message: `nothing known is called ${JSON.stringify(reference)}`,
    });
  });
});
