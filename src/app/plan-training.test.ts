import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlan, type CheckedNode } from '../flow/plan.ts';
import { loadProject } from '../project/load.ts';
import { planStages } from '../flow/plan-stages.ts';
import { sections, stages } from './stages.ts';

const generator = `models:
  generator:
    name: tiny
    sha256: ${'a'.repeat(64)}
    licence: MIT
    from: [{ file: tiny.gguf }]
`;
const suite = { id: 'q1', language: 'en', question: 'Which port?', answers: ['7411'] };
const passage = { source: 'docs/a.md', text: 'The port is 7411.' };

describe('the plan of a project that trains', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-plan-'));
    for (const folder of ['docs', 'suite', 'train']) await mkdir(join(dir, folder));
    await writeFile(join(dir, 'docs/a.md'), '# Ports\n\nThe port is 7411.\n');
    await writeFile(join(dir, 'suite/en.jsonl'), `${JSON.stringify({ ...suite, passage })}\n`);
    await writeFile(join(dir, 'tiny.gguf'), '');
    await writeFile(join(dir, 'train/en.jsonl'), '{"text": "The port is 7411."}\n');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const plan = async (yaml: string): Promise<Map<string, CheckedNode>> => {
    const head = "project: tiny\nsources: [{ name: docs, files: ['docs/*.md'] }]\n";
    await writeFile(join(dir, 'towpath.yaml'), head + yaml);
    const project = await loadProject(dir, sections);
    const { signal } = new AbortController();
    const { nodes } = makePlan(await planStages(stages, project, { live: undefined, signal }));
    return new Map(nodes.map((node) => [node.name, node]));
  };
  const tuned = (release: string) =>
    `${generator}evaluate: { suites: [suite/en.jsonl] }\ntrain:\n  jobs:\n    - { name: tuned, data: { examples: [train/en.jsonl] } }\n${release}`;

  it('is what it was without jobs', async () => {
    const nodes = await plan(generator);
    expect([...nodes.keys()]).toEqual([
      ...['ingest', 'prepare', 'model', 'index', 'answer', 'score', 'gate', 'release'],
    ]);
  });

  it('trains an adapter, checks its export, and lets the suite choose between it and the untuned model', async () => {
    const nodes = await plan(tuned('  release: { job: tuned }\n'));
    expect(nodes.get('train-tuned')).toMatchObject({
      kind: { name: 'train.fit' },
      inputs: { tokens: { step: 'tokens-tuned' }, base: { step: 'base' } },
    });
    expect(nodes.get('agreement-tuned-adapter')?.needs).toEqual(
      expect.arrayContaining(['export-tuned-adapter', 'model', 'train-tuned']),
    );
    expect(nodes.get('answer')?.inputs).not.toHaveProperty('adapter');
    expect(nodes.get('answer-trained')?.inputs).toMatchObject({
      model: { step: 'model' },
      adapter: { step: 'export-tuned-adapter' },
    });
    expect(nodes.get('score')?.inputs).toMatchObject({
      answers: { step: 'choose', output: 'answers' },
      choice: { step: 'choose' },
    });
    expect(nodes.get('release')?.inputs).toMatchObject({
      model: { step: 'model' },
      adapter: { step: 'choose', output: 'part' },
    });
  });

  it('releases the trained model unasked when told to', async () => {
    const nodes = await plan(tuned('  release: { job: tuned, when: always }\n'));
    expect(nodes.has('choose')).toBe(false);
    expect(nodes.get('answer')?.inputs).toMatchObject({ adapter: { step: 'export-tuned-adapter' } });
    expect(nodes.get('release')?.inputs).toMatchObject({ adapter: { step: 'export-tuned-adapter' } });
  });

  it('trains without a release: the answers stay those of the untuned model', async () => {
    const nodes = await plan(tuned(''));
    expect(nodes.has('train-tuned')).toBe(true);
    expect(nodes.get('release')?.inputs).not.toHaveProperty('adapter');
  });

  it('makes tokens once for jobs that learn the same, and draws all curves together', async () => {
    const job = (name: string, more: string) =>
      `    - { name: ${name}, source: scratch, data: { documents: true }, ${more} }\n`;
    const nodes = await plan(
      'train:\n  jobs:\n' +
        job('transformer', 'export: [f16]') +
        job('lstm', 'model: { architecture: lstm }') +
        job('longer', 'model: { architecture: rnn }, context: 64'),
    );
    const steps = [...nodes.keys()].filter((name) => /^(?:tokenizer|tokens|train|export|curves)/.test(name));
    expect(steps.sort()).toEqual([
      ...['curves', 'export-transformer-f16', 'tokenizer-transformer', 'tokens-longer', 'tokens-transformer'],
      ...['train-longer', 'train-lstm', 'train-transformer'],
    ]);
    expect(nodes.get('train-lstm')?.inputs).toMatchObject({
      tokens: { step: 'tokens-transformer' },
      tokenizer: { step: 'tokenizer-transformer' },
    });
    expect(nodes.get('curves')?.needs).toHaveLength(3);
  });

  it('searches one job and trains the others', async () => {
    const nodes = await plan(
      'train:\n  jobs:\n    - { name: a, source: scratch, data: { documents: true } }\n    - { name: b, source: scratch, data: { documents: true } }\n' +
        '  search: { job: b, ranges: { optimiser.learning_rate: { from: 1.0e-4, to: 1.0e-2, scale: log } } }\n',
    );
    expect(nodes.get('train-a')?.kind.name).toBe('train.fit');
    expect(nodes.get('train-b')?.kind.name).toBe('train.search');
    expect(nodes.get('curves')?.inputs).toMatchObject({ trials: { step: 'train-b', output: 'trials' } });
  });
});
