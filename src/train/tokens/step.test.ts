import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestFile } from '../../core/digest.ts';
import type { StepContext, StepKind } from '../../flow/step.ts';
import { baseStep } from '../base/step.ts';
import { writeDataset } from '../testing/dataset.ts';
import { installFakePython } from '../testing/fake-python.ts';
import { tokenizerStep } from '../tokenizer/step.ts';
import { tokensStep } from './step.ts';
import { stepInputs } from '../../flow/testing/inputs.ts';

const service = { system: 'Be brief.', user: '{facts}\n{question}', declined: 'No.' };
const trainer = '0'.repeat(64);
const rowParams = { documents: true, examples: [], services: { en: service, zh: service } };

describe('what prepares training', () => {
  let dir: string;
  let logs: string[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-tokens-'));
    logs = [];
    await mkdir(join(dir, 'scratch'));
    await writeDataset(join(dir, 'dataset'), [
      { id: 'a', source: 'a.md', text: 'A lock.', split: 'train' },
      { id: 'b', source: 'b.md', text: 'Kept.', split: 'test' },
    ]);
  });
  afterEach(() => rm(dir, { recursive: true }));

  const run = <P>(step: StepKind<P>, params: P) => {
    const context: StepContext<P> = {
      params: step.params.parse(params),
      inputs: stepInputs(Object.fromEntries(step.inputs.map((name) => [name, join(dir, name)]))),
      outputs: Object.fromEntries(step.outputs.map((name) => [name, join(dir, name)])),
      ...{ scratch: join(dir, 'scratch'), projectDir: dir, keepDir: dir, cores: 2 },
      random: () => 0,
      signal: new AbortController().signal,
      metric: () => undefined,
      progress: () => undefined,
      log: (line) => void logs.push(line),
    };
    return step.run(context);
  };
  const calls = async (path: string) =>
    (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as string[]);

  it('gathers the rows, has them tokenised and tells what came of it', async () => {
    const split = { sequences: 3, tokens: 90, targets: 80, rows: 1, cut: 1, refused: 0 };
    const manifest = {
      ...{ schema: 1, shape: 'rows', context: 32, vocabulary: 300 },
      splits: { train: split, validation: split },
    };
    const path = await installFakePython(
      dir,
      `fs.mkdirSync(args[1]); fs.copyFileSync(args[0], args[1] + '/rows');
       fs.writeFileSync(args[1] + '/tokens.json', ${JSON.stringify(JSON.stringify(manifest))});`,
    );
    const facts = await run(tokensStep, {
      ...{ ...rowParams, suites: [], shape: 'text', context: 32, loss_on: 'answers', pack: false, trainer },
    });
    expect(facts).toEqual({ context: 32, vocabulary: 300, train: split, validation: split, test: 1 });
    const rows = join(dir, 'scratch', 'rows.jsonl');
    const out = join(dir, 'tokens');
    expect(await calls(path)).toEqual([
      [
        ...['towpath_trainer.tokenise', rows, out, '--tokenizer', join(dir, 'tokenizer'), '--context', '32'],
        ...['--shape', 'text', '--loss-on', 'answers', '--no-pack'],
      ],
    ]);
    expect(await readFile(join(out, 'rows'), 'utf8')).toBe(
      '{"id":"a","split":"train","document":"a.md","text":"A lock."}\n',
    );
    expect(logs).toContain('1 rows to train on, 0 to validate, 1 kept for testing');
  });

  it('hands on the error that the trainer names', async () => {
    const told = JSON.stringify({ code: 'TOW_TRAIN_VOCABULARY', message: 'too few', hint: null });
    await installFakePython(dir, `console.error('error: ' + ${JSON.stringify(told)}); process.exitCode = 3;`);
    const failed = run(tokensStep, {
      ...{ ...rowParams, suites: [], shape: 'text', context: 32, loss_on: 'all', pack: true, trainer },
    });
    await expect(failed).rejects.toMatchObject({
      code: 'TOW_TRAIN_VOCABULARY',
      message: 'the training data: too few',
    });
  });

  it('keeps the questions of the evaluation out', async () => {
    await writeFile(join(dir, 's.jsonl'), '{"id": "q1", "question": "Who draws the boat along?"}\n');
    await writeFile(join(dir, 'x.jsonl'), '{"prompt": "Who draws the boat along", "answer": "x"}\n');
    const file = async (path: string) => ({ path, digest: await digestFile(join(dir, path)) });
    const failed = run(tokensStep, {
      ...{
        ...rowParams,
        documents: false,
        examples: [await file('x.jsonl')],
        suites: [await file('s.jsonl')],
      },
      ...{ shape: 'rows', context: 32, loss_on: 'answers', pack: true, trainer },
    });
    await expect(failed).rejects.toMatchObject({ code: 'TOW_TRAIN_LEAK' });
  });

  it('makes a tokenizer of the same rows', async () => {
    const path = await installFakePython(
      dir,
      `fs.mkdirSync(args[1]); fs.writeFileSync(args[1] + '/tokenizer.json', '{"model": {"vocab": {"a": 0, "b": 1}}}');`,
    );
    const facts = await run(tokenizerStep, { ...rowParams, shape: 'text', vocabulary: 500, trainer });
    expect(facts).toEqual({ vocabulary: 2, rows: 1 });
    expect((await calls(path))[0]?.slice(-2)).toEqual(['--vocabulary', '500']);
  });

  it('reads a base model into the form that is trained', async () => {
    const path = await installFakePython(
      dir,
      `fs.mkdirSync(args[1]); fs.writeFileSync(args[1] + '/model.safetensors', 'weights');`,
    );
    expect(await run(baseStep, { trainer })).toEqual({ bytes: 7 });
    const model = join(dir, 'model', 'model.gguf');
    expect(await calls(path)).toEqual([['towpath_trainer.base_model', model, join(dir, 'base')]]);
  });

  it('takes a model that cannot be trained for what it is', async () => {
    const unfit = { code: 'TOW_TRAIN_MODEL_UNFIT', message: "its architecture is 'bert'", hint: null };
    const told = JSON.stringify(`error: ${JSON.stringify(unfit)}`);
    await installFakePython(dir, `console.error(${told}); process.exitCode = 3;`);
    await expect(run(baseStep, { trainer })).rejects.toMatchObject({ code: 'TOW_TRAIN_MODEL_UNFIT' });
  });
});
