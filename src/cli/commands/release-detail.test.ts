import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { ReleaseDetail } from '../../app/records/release.ts';
import { asDigest } from '../../core/digest.ts';
import { say } from '../../core/messages/message.ts';
import { toyFile } from '../../project/testing/toy-sections.ts';
import { cli } from '../testing/capture.ts';

const a = asDigest('a'.repeat(64));

const release: ReleaseDetail = {
  ...{ name: 'r2', digest: a, live: true, created: '2026-05-04T10:00:00Z', by: 'ada', run: 'run-1' },
  figures: { 'answer.f1 en': 0.5125, 'latency.p95': 5885.2 },
  manifest: {
    ...{ schema: 1, project: 'p', dataset: a, index: a, report: a, answers: a, code: a, prompts: {} },
    models: {},
    serving: { context: 2048, maxTokens: 96, temperature: 0, passages: 5, declineBelow: 0.49 },
  },
  parts: [],
  changes: {
    since: 'r1',
    list: [
      { name: 'declineBelow', from: '0.4', to: '0.49' },
      {
        ...{ name: 'latency.p95', from: '5.88e+3', to: '6.19e+3', better: false },
        figures: { unit: 'ms', from: 5885.2, to: 6190 },
      },
      {
        ...{ name: 'latency.p50', from: '12', to: '12.4', better: false, noise: true },
        figures: { unit: 'ms', from: 12, to: 12.4 },
      },
    ],
  },
  gates: [
    {
      ...{ metric: 'latency.p95', rule: 'max 8000', ruleText: say('gate-rule.most', { bound: 8000 }) },
      ...{ value: 5885.2, passed: true },
    },
  ],
  promotions: [],
};

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'towpath-release-'));
  await writeFile(join(cwd, 'towpath.yaml'), toyFile);
});

const shown = async (detail: ReleaseDetail) => {
  const { out } = await cli(['release', 'show', 'r2'], {
    cwd,
    towpath: { releaseDetail: () => Promise.resolve(detail) },
  });
  return out.text;
};

it('writes times as the report does, wherever they stand', async () => {
  const text = await shown(release);
  expect(text).toMatch(/^latency\.p95 +all +max 8000 +5885 ms +passed$/m);
  expect(text).toMatch(/^latency\.p95 +5885 ms +6190 ms +worse$/m);
  const { out } = await cli(['releases'], { cwd, towpath: { releases: () => Promise.resolve([release]) } });
  expect(out.text).toContain('answer.f1 en 0.512 · latency.p95 5885 ms');
});

it('calls a change that is noise neither better nor worse', async () => {
  expect(await shown(release)).toMatch(/^latency\.p50 +12 ms +12 ms *$/m);
});

it('names settings as towpath.yaml does, and those of a model only where there is one', async () => {
  expect(await shown(release)).toContain('passages 5 · decline_below 0.49\n');
  expect(await shown(release)).toMatch(/^decline_below +0\.4 +0\.49/m);
  expect(await shown(release)).not.toMatch(/max_?tokens|temperature|context/i);
  const generator = { artifact: a, weights: a, name: 'tiny', licence: 'MIT', origin: 'x' };
  const modelled = { ...release, manifest: { ...release.manifest, models: { generator } } };
  expect(await shown(modelled)).toContain('context 2048 · max_tokens 96 · temperature 0 · passages 5');
});
