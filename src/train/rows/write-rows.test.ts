import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestFile } from '../../core/digest.ts';
import { writeDataset } from '../testing/dataset.ts';
import type { TrainingRow } from './row.ts';
import type { SourceFile } from './source-file.ts';
import { splitOfId } from './split.ts';
import { writeRows, type RowSources } from './write-rows.ts';

const services = {
  en: {
    system: 'Be brief.',
    user: 'Facts:\n{facts}\n\nQuestion: {question}',
    declined: 'The documents do not say.',
  },
  zh: { system: '请简短。', user: '事实:\n{facts}\n\n问题: {question}', declined: '文档中没有说明。' },
};

describe('rows', () => {
  let dir: string;
  let dataset: string;
  let serial = 0;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-rows-'));
    dataset = await writeDataset(join(dir, 'dataset'), [
      { id: 'b', source: 'docs/b.md', text: '闸门', split: 'validation' },
      { id: 'a', source: 'docs/a.md', text: 'A lock.', split: 'train' },
      { id: 'c', source: 'docs/c.md', text: 'Secret.', split: 'test' },
    ]);
  });
  afterEach(() => rm(dir, { recursive: true }));

  const file = async (name: string, lines: readonly (object | string)[]): Promise<SourceFile> => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    await writeFile(join(dir, name), text);
    return { path: name, digest: await digestFile(join(dir, name)) };
  };
  const write = async (sources: Partial<RowSources>) => {
    const path = join(dir, `rows-${String((serial += 1))}.jsonl`);
    const counts = await writeRows(path, {
      ...{ projectDir: dir, dataset, documents: false, examples: [], suites: [], shape: 'rows', services },
      signal: new AbortController().signal,
      progress: () => undefined,
      ...sources,
    });
    const text = await readFile(path, 'utf8');
    const lines = text.trimEnd().split('\n');
    return { counts, text, rows: lines.map((line) => JSON.parse(line) as TrainingRow) };
  };

  it('of documents are their texts by id, those kept for testing left out', async () => {
    const { counts, rows } = await write({ documents: true, shape: 'text' });
    expect(rows).toEqual([
      { id: 'a', split: 'train', document: 'docs/a.md', text: 'A lock.' },
      { id: 'b', split: 'validation', document: 'docs/b.md', text: '闸门' },
    ]);
    expect(counts).toEqual({ train: 1, validation: 1, test: 1, unknownSources: 0 });
  });

  it('of questions about passages are put as serving puts them, in their own language', async () => {
    const { rows } = await write({
      examples: [
        await file('x.jsonl', [
          {
            question: 'What is it?',
            passage: 'A lock. It opens {question}.',
            answer: 'A lock.',
            source: 'docs/a.md',
          },
          { question: '何时打开？', passage: '水位一致时。', answer: null, source: 'docs/a.md' },
        ]),
      ],
    });
    expect(rows).toMatchObject([
      {
        split: 'train',
        document: 'x.jsonl:1',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Facts:\n- A lock.\n- It opens {question}.\n\nQuestion: What is it?' },
          { role: 'assistant', content: 'A lock.' },
        ],
      },
      {
        messages: [
          { role: 'system', content: '请简短。' },
          { role: 'user', content: '事实:\n- 水位一致时。\n\n问题: 何时打开？' },
          { role: 'assistant', content: '文档中没有说明。' },
        ],
      },
    ]);
  });

  it('take the split of the document they come from', async () => {
    const lines = ['a', 'b', 'c', 'nowhere'].map((name) => ({
      prompt: name,
      answer: 'x',
      source: `docs/${name}.md`,
      id: name,
    }));
    const { counts, rows } = await write({ examples: [await file('x.jsonl', lines)] });
    const splits = new Map(rows.map((row) => [row.id, row.split]));
    expect([splits.get('a'), splits.get('b'), splits.get('c')]).toEqual(['train', 'validation', undefined]);
    expect(splits.get('nowhere')).toBe(splitOfId('nowhere'));
    expect(counts).toMatchObject({ test: 1, unknownSources: 1 });
  });

  it('without a document are split by what they say, 19 to 1, and adding rows moves none', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => ({ prompt: `question ${String(at)}`, answer: 'x' }));
    const first = await write({ examples: [await file('x.jsonl', lines)] });
    expect(first.counts.validation).toBeGreaterThan(5);
    expect(first.counts.validation).toBeLessThan(40);
    const more = await write({
      examples: [await file('y.jsonl', [{ prompt: 'new', answer: 'x' }, ...lines.toReversed()])],
    });
    const splits = new Map(more.rows.map((row) => [row.id, row.split]));
    for (const row of first.rows) expect(splits.get(row.id)).toBe(row.split);
  });

  it('are the same bytes for the same sources', async () => {
    const examples = [await file('x.jsonl', [{ prompt: 'a', answer: 'b', source: 'docs/a.md' }])];
    expect((await write({ examples, documents: true })).text).toBe(
      (await write({ examples, documents: true })).text,
    );
  });

  it('hold back nothing of what is wrong: every bad line of every file is told at once', async () => {
    const examples = [
      await file('x.jsonl', [
        '{"prompt": "a", ',
        { prompt: 'a', answer: 'b', id: 'one' },
        { question: '', passage: 'x', answer: 'y' },
        { prompt: 'c', answer: 'd', id: 'one' },
      ]),
      await file('y.jsonl', [
        { text: 'x'.repeat(1024 * 1024) },
        { prompt: 'a', answer: 'b' },
        { prompt: 'a', answer: 'b' },
      ]),
    ];
    await writeFile(join(dir, 'z.jsonl'), Buffer.from([0x22, 0xc3, 0x28, 0x22]));
    const broken = { path: 'z.jsonl', digest: await digestFile(join(dir, 'z.jsonl')) };
    const failed = write({ examples: [...examples, broken] });
    await expect(failed).rejects.toMatchObject({ code: 'TOW_TRAIN_EXAMPLES_BROKEN', where: 'x.jsonl:1' });
    const { message } = (await failed.catch((error: unknown) => error)) as Error;
    expect(message.split('\n').map((line) => line.replace(/(not JSON: ).*/, '$1…'))).toEqual([
      'the examples have 6 problems:',
      '  x.jsonl:1: not JSON: …',
      '  x.jsonl:3: "question" is empty',
      '  x.jsonl:4: id "one" is used at x.jsonl:2 already',
      '  y.jsonl:1: the line has 1048587 bytes; at most 1048576',
      '  y.jsonl:3: the same line stands at y.jsonl:2 already',
      '  z.jsonl:1: the line is not valid UTF-8; save the file as UTF-8',
    ]);
  });

  it('that ask what a suite asks are told with the suite’s ids', async () => {
    const suites = [
      await file('suite.jsonl', [
        { id: 'en-1', language: 'en', question: 'Which command runs the flow?', answers: [] },
        { id: 'zh-1', language: 'zh', question: '哪条命令执行流程？', answers: [] },
      ]),
    ];
    const examples = [
      await file('x.jsonl', [
        { question: 'which command runs the flow', passage: 'x', answer: 'y' },
        { prompt: 'Facts.\nQuestion: 哪条命令执行流程？', answer: 'y' },
        {
          messages: [
            { role: 'user', content: 'Something else?' },
            { role: 'assistant', content: 'Yes.' },
          ],
        },
      ]),
    ];
    const failed = write({ examples, suites });
    await expect(failed).rejects.toMatchObject({ code: 'TOW_TRAIN_LEAK' });
    const { message } = (await failed.catch((error: unknown) => error)) as Error;
    expect(message).toBe(
      '2 examples would train on the evaluation:\n' +
        '  x.jsonl:1: "which command runs the flow" is asked by suite question en-1\n' +
        '  x.jsonl:2: "Facts.\\nQuestion: 哪条命令执行流程？" is asked by suite question zh-1',
    );
  });

  it('of an empty training split are an error', async () => {
    const only = await writeDataset(join(dir, 'only'), [{ id: 'a', split: 'test' }]);
    await expect(write({ dataset: only, documents: true })).rejects.toMatchObject({
      code: 'TOW_TRAIN_NO_DATA',
    });
    const examples = [await file('x.jsonl', [{ prompt: 'a', answer: 'b', source: 'docs/b.md' }])];
    await expect(write({ examples })).rejects.toThrow(/no example is in the training split: 1 validate, 0/);
    const one = await writeDataset(join(dir, 'one'), [{ id: 'a', split: 'train' }]);
    expect((await write({ dataset: one, documents: true })).counts).toMatchObject({
      train: 1,
      validation: 0,
    });
  });

  it('of a file that changed since the run was planned, or a dataset without documents, are an error', async () => {
    const changed = await file('x.jsonl', [{ text: 'a' }]);
    await writeFile(join(dir, 'x.jsonl'), '{"text": "b"}');
    await expect(write({ examples: [changed] })).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_CHANGED' });
    await rm(join(dir, 'x.jsonl'));
    await expect(write({ examples: [changed] })).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_CHANGED' });
    await mkdir(join(dir, 'empty'));
    const failed = write({ dataset: join(dir, 'empty'), documents: true });
    await expect(failed).rejects.toMatchObject({ code: 'TOW_DATA_DATASET_UNREADABLE' });
  });
});
