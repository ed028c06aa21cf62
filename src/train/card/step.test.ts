import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { digestBytes } from '../../core/digest.ts';
import { trainerJob } from '../jobs/schema.ts';
import { writeHistory, writeTrials } from '../testing/history.ts';
import { cardStep } from './step.ts';
import { asDigest } from '../../core/digest.ts';
import { datasetCard, evaluationReport, modelRecord } from '../../contract/testing/records.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

const artifact = 'd'.repeat(64);
const split = {
  sequences: 30,
  tokens: 3000,
  targets: 900,
  rows: 60,
  cut: 2,
  refused: 1,
  widest: 4,
  shards: [],
};
const tokens = {
  ...{
    schema: 1,
    shape: 'rows',
    context: 128,
    vocabulary: 49_152,
    pad: 0,
    eos: 0,
    dtype: 'uint16',
    packed: true,
  },
  splits: { train: split, validation: { ...split, rows: 6 } },
};
const model = modelRecord({
  name: 'SmolLM2-135M-Instruct',
  origin: `hf:HuggingFaceTB/SmolLM2@${'b'.repeat(40)}/x.gguf`,
});
const dataset = datasetCard({
  documents: 40,
  languages: { en: { documents: 20, characters: 9 }, zh: { documents: 20, characters: 9 } },
  splits: { train: 34, validation: 3, test: 3 },
});
const metric = {
  ...{ title: '', better: 'higher', unit: 'share', clusters: 9, method: 'bca' },
  questions: 50,
  low: 0.4,
  high: 0.6,
  figure: 0.5,
};
const report = {
  ...evaluationReport(),
  ...{ schema: 1, verdict: 'passed', suites: [{ path: 'suite.jsonl', digest: artifact, questions: 50 }] },
  metrics: [
    { ...metric, name: 'answer.f1' },
    { ...metric, name: 'answer.f1', language: 'zh', figure: null },
    { ...metric, name: 'latency.p95', unit: 'ms', figure: 840 },
  ],
};

describe('train.card', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-card-'));
    await put(`${artifact}/tokens.json`, tokens);
    await put('model/model.json', model);
    await put('dataset/card.json', dataset);
    await put('report/report.json', report);
    await writeTrials(join(dir, 'trials'), 12, 'diverged');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const put = async (path: string, value: unknown) => {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), JSON.stringify(value));
  };
  const write = async (optional: readonly string[], job: object = {}, name = 'handbook') => {
    await writeHistory(join(dir, 'history'), { job: trainerJob.parse({ name, ...job }), steps: 100 });
    const given = ['history', ...optional].map((each) => [each, join(dir, each)]);
    const facts = await cardStep.run({
      params: cardStep.params.parse({ name, trainer: '0'.repeat(64) }),
      inputs: {
        ...stepInputs(Object.fromEntries(given) as Record<string, string>),
        tokens: { digest: asDigest(artifact), path: join(dir, artifact) },
      },
      outputs: { card: join(dir, 'card') },
      ...{ scratch: dir, projectDir: dir, keepDir: dir, cores: 1, random: () => 0 },
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: () => undefined,
    });
    const text = await readFile(join(dir, 'card', 'card.md'), 'utf8');
    const front = parse(/^---\n([\s\S]*?)---\n/.exec(text)?.[1] ?? '') as unknown;
    const json = JSON.parse(await readFile(join(dir, 'card', 'card.json'), 'utf8')) as unknown;
    return { facts, text, front, json };
  };

  it('says of an adapter what it is made from, how, how well and at what cost', async () => {
    const { facts, text, front, json } = await write(['model', 'dataset', 'report', 'trials']);
    expect(front).toEqual({
      language: ['en', 'zh'],
      license: 'apache-2.0',
      base_model: 'HuggingFaceTB/SmolLM2',
      library_name: 'peft',
      pipeline_tag: 'text-generation',
      tags: ['towpath', 'lora'],
      'model-index': [
        {
          name: 'handbook',
          results: [
            {
              task: { type: 'question-answering' },
              dataset: { name: 'suite.jsonl', type: 'evaluation-suite' },
              metrics: [{ type: 'answer.f1', name: 'answer.f1', value: 0.5 }],
            },
          ],
        },
      ],
    });
    for (const said of [
      'A LoRA adapter (rank 16, 4.88M parameters) over SmolLM2',
      `\`${'a'.repeat(64)}\``,
      `\`${digestBytes(JSON.stringify(tokens))}\``,
      `\`${artifact}\``,
      '| train | 60 | 30 | 3,000 | 900 | 2 | 1 |',
      '40 documents (20 in en, 20 in zh), split by document: train 34',
      'Only answers count.',
      '| `answer.f1` | all | 50 | 0.500 | 0.400 … 0.600 |',
      '| `latency.p95` | all | 50 | 840 ms |',
      'gates passed',
      '22.5 Wh',
      'learning_rate: 0.0003',
      `\`${'0'.repeat(64)}\``,
      'torch 2.13.0',
      'of 12 over `optimiser.learning_rate`',
    ])
      expect(text).toContain(said);
    expect(json).toMatchObject({
      ...{
        schema: 1,
        kind: 'adapter',
        base: { name: model.name, licence: model.licence, sha256: model.sha256 },
      },
      data: { tokens: { artifact, splits: { train: { rows: 60 } } }, dataset: { documents: 40 } },
      evaluation: { verdict: 'passed' },
      search: { trials: 12, failed: 1 },
    });
    expect(facts).toMatchObject({ kind: 'adapter', licence: 'Apache-2.0', energy_joules: 81_000 });
    expect(text).not.toMatch(/undefined|NaN|null/);
  });

  it('says of a model from scratch that nothing but its data is behind it', async () => {
    const { front, text, json } = await write(['model'], {
      source: 'scratch',
      method: 'full',
      model: { architecture: 'lstm' },
    });
    expect(front).toEqual({
      library_name: 'transformers',
      pipeline_tag: 'text-generation',
      tags: ['towpath', 'lstm'],
    });
    expect(text).toContain('A language model from scratch (lstm, 4 layers of width 256');
    expect(text).toContain('Not evaluated beyond its validation loss');
    expect(json).toMatchObject({ kind: 'model', base: null, evaluation: null, search: null });
  });

  it('names a licence that the Hub does not know, and no base that it cannot find', async () => {
    await put('model/model.json', { ...model, licence: 'LFM1.0', origin: 'pip:llm-x==1.0' });
    const { front } = await write(['model'], { method: 'full' });
    expect(front).toMatchObject({ license: 'other', license_name: 'LFM1.0', library_name: 'transformers' });
    expect(front).not.toHaveProperty('base_model');
  });

  it('lets no name write markup, links, mentions or front matter', async () => {
    await put('model/model.json', {
      ...model,
      name: 'x\n---\n# h <script> @team [a](http://evil) | b',
      licence: '---\nx: y',
    });
    const { text, front } = await write(['model'], {}, 'n | <img>');
    expect(front).toMatchObject({ license_name: '--- x: y' });
    // Code is shown as it is.
    const prose = text.slice(text.indexOf('\n---\n', 4) + 5).replaceAll(/```yaml[\s\S]*?```/g, '');
    expect(prose).not.toMatch(/<script|<img|@team|(?<!\\)\]\(|^# h/m);
  });
});
