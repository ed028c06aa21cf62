import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sections } from '../../app/stages.ts';
import { asTowpathError, type TowpathError } from '../../core/errors/towpath-error.ts';
import { decode, isMessage } from '../../core/messages/message.ts';
import { projectJsonSchema, type JsonSchema } from '../../project/json-schema.ts';
import { loadProject } from '../../project/load.ts';
import { problemsOf, wordsOf, type Problem } from '../../project/problem.ts';
import { renderError } from './error.ts';
import { chooseStyle } from './style.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-mistakes-'));
  await mkdir(join(dir, 'docs'));
  await writeFile(join(dir, 'docs/a.md'), '# A\n\nText.\n');
  await writeFile(join(dir, 'terms.tsv'), 'no pair\n');
  const question = { id: 'a', language: 'en', question: 'What is it?', answers: ['x'] };
  await writeFile(join(dir, 'suite.jsonl'), `${JSON.stringify(question)}\n[1]\n`);
});
afterAll(() => rm(dir, { recursive: true }));

async function refused(text: string | Uint8Array): Promise<TowpathError> {
  await writeFile(join(dir, 'towpath.yaml'), text);
  return asTowpathError(
    await loadProject(dir, sections, { XDG_CONFIG_HOME: join(dir, '../nothing-is-trusted') }).catch(
      (error: unknown) => error,
    ),
  );
}

/** Runs of English words; names, values and what is quoted have none of three. */
function english(text: string): string[] {
  const parts = text.replaceAll(/`[^`]*`|https?:\/\/\S+/g, '').split(/[^a-z ]/i);
  return parts.filter((part) => part.split(' ').filter((word) => word !== '').length >= 3);
}

function inChinese(problem: Problem): string[] {
  const { message, accepted = '' } = wordsOf(problem, 'zh');
  return [message, accepted];
}

const sound = 'project: a\nsources: [{ name: docs, files: [docs/*.md] }]\n';

describe('the mistakes of a project file, told to a Chinese reader', () => {
  it.each([
    ['nothing', ''],
    ['a list', '- a\n'],
    ['UTF-16', Buffer.from('\ufeffproject: a', 'utf16le')],
    ['a NUL byte', 'project: "\0"\n'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xb0, 0xa1, 0x0a])],
    ['a key twice', `${sound}project: b\n`],
    ['tabs', 'project: a\nsources:\n\t- a\n'],
    ['two documents', `${sound}---\na: 1\n`],
    ['a tag', 'project: !!js/function x\n'],
    ['an alias to nothing', 'project: *nope\n'],
    ['an alias inside its anchor', 'a: &x [*x]\n'],
    ['deep nesting', `a: ${'['.repeat(20_000)}`],
    ['an open list', 'sources: [a\n'],
    ['an open mapping', 'serve: { port: 1\n'],
    ['no comma', 'sources: [{ name: a files: [b] }]\n'],
    ['indents that differ', 'serve:\n  port: 1\n   queue: 2\n'],
    ['a stray bracket', 'project: a]\nsources: ]\n'],
    ['an open quotation mark', 'project: "a\n'],
    ['a value that begins with @', 'project: @a\n'],
    ['two values in one line', 'project: a: b\n'],
    ['no value', `${sound}serve:\n  port\n`],
    ['an escape', 'project: "\\q"\n'],
    ['a block that is not indented', 'qa:\n  prompts:\n    en: |\n   text\n'],
    ['a multi-line key', 'project\nsources: a\n'],
  ])('names %s', async (_, text) => {
    const problems = problemsOf(await refused(text));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect([problem.message, problem.texts?.message]).toEqual([problem.message, expect.any(Object)]);
      expect(inChinese(problem).flatMap(english)).toEqual([]);
    }
  });

  it.each([
    [
      'of every kind',
      'project: A B\nsorces: 1\nsources: []\ndata: { split: 1, mask: [a], max_file_size: x }\nindex: { dense: yes, passage: { overlap: -1, max_characters: 1e9 } }\nqa: { prompts: { en: "" }, temperature: 3, passages: 1.5, glossary: 1 }\nevaluate: { gates: [{ metric: 1, min: a, extra: 1 }], k: [0], bootstrap: null }\nserve: { port: 70000, threads: none, deadline: 2d, queue: [1] }\n',
    ],
    [
      'of models',
      'project: a\nsources: [{ name: A, files: [] }]\nmodels:\n  generator:\n    name: "a b"\n    sha256: x\n    licence: ""\n    from:\n      - { pip: a }\n      - { pip: [a==1, b==1], files: [x] }\n      - { hf: a, revision: main, file: ../x, endpoint: x, token: abc }\n      - 7\n  embedder: { languages: [en, en] }\n',
    ],
    [
      'of training',
      `${sound}train:\n  jobs:\n    - { name: A, data: {}, export: [f16, f16], steps: many, batch: { micro: 0 }, lora: { targets: ["a b"] } }\n    - { name: b, data: { examples: [../x], loss_on: none }, device: tpu, clip: -1, seed: 1.5 }\n  search: { job: b, ranges: {}, trials: 0 }\n`,
    ],
    [
      'of a search',
      `${sound}train: { jobs: [], search: { job: b, ranges: { a: { from: 2, to: 1 }, b: { from: -1, to: 1, scale: log }, c: [1] } } }\n`,
    ],
    [
      'between settings',
      `project: a\nsources: [{ name: docs, files: [none/*.md, ../x/*.md, "a/../../*.md"] }, { name: docs, files: [docs/*.md], id: number }]\ndata: { split: { train: 1, validation: 1, test: 0 }, languages: [any, en], mask: [], keep: [a] }\nindex: { dense: on, passage: { min_characters: 1000, overlap: 1000 } }\nqa: { max_tokens: 2000, glossary: terms.tsv }\nserve: { host: 0.0.0.0, threads: 512 }\nevaluate:\n  suites: [suite.jsonl, suite.jsonl, none.jsonl, ../x.jsonl]\n  k: [5, 5]\n  gates:\n    - { metric: answer.f2, min: 0 }\n    - { metric: retrieval.recall@7, min: 0 }\n    - { metric: answer.f1 }\n    - { metric: answer.f1, min: 50, max: 0.1, margin: 0.1 }\n    - { metric: latency.p95, max: 0 }\n    - { metric: latency.p95, min: 9 }\n`,
    ],
    [
      'between settings of training',
      `${sound}train:\n  jobs:\n    - { name: a, data: {}, batch: { sequences: 3, micro: 2 } }\n    - { name: a, data: { documents: true, examples: [x.jsonl] }, source: scratch, model: { width: 10, heads: 3, kv_heads: 2 } }\n    - { name: c, data: { documents: true }, source: scratch, model: { head: score }, export: [f16], steps: 5, schedule: { warmup: 5 } }\n    - { name: d, data: { documents: true }, source: scratch, model: { architecture: lstm }, export: [f16] }\n    - { name: e, data: { documents: true }, loss: { name: mean_squared_error } }\n  search: { job: a, ranges: { optimiser.beta3: [1, 2], model.dropout: [0, 2], nothing.like: [1, 2] } }\n  release: { job: d, quantisation: q8_0 }\n`,
    ],
    [
      'between jobs and what names them',
      `${sound}evaluate: { gates: [{ metric: answer.f1, min: 1 }] }\ntrain:\n  jobs: [{ name: abc, data: { documents: true }, source: scratch }]\n  search: { job: abd, ranges: { seed: [1, 2] } }\n  release: { job: zzzzzz }\n`,
    ],
    [
      'of trust',
      `${sound}models:\n  generator:\n    name: a\n    sha256: ${'a'.repeat(64)}\n    licence: MIT\n    from:\n      - { hf: a/b, revision: ${'a'.repeat(40)}, file: x, endpoint: https://hub.example, token: env:TOKEN }\n      - { file: ../x.gguf }\n`,
    ],
  ])('explains those %s', async (_, text) => {
    const error = await refused(text);
    const problems = problemsOf(error);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) {
      expect([problem.message, problem.texts?.message]).toEqual([problem.message, expect.any(Object)]);
      expect([problem.field, ...inChinese(problem).flatMap(english)]).toEqual([problem.field]);
    }
    const style = chooseStyle({ wanted: false, env: {}, isTerminal: false });
    const shown = renderError(error, style, 120, { stack: false, language: 'zh' });
    const values = /^ +\d+ \|.*$| · .*$/gm;
    expect(english(shown.replaceAll(values, ''))).toEqual([]);
    expect(shown).not.toContain('[object');
  });

  it('names a value once, where the words begin with it', async () => {
    const style = chooseStyle({ wanted: false, env: {}, isTerminal: false });
    const said = async (text: string) =>
      renderError(await refused(sound + text), style, 120, { stack: false, language: 'en' });
    expect(await said('evaluate: { suites: [none.jsonl] }\n')).toMatch(/: none\.jsonl: it is not there$/m);
    expect(await said('evaluate: { k: [0] }\n')).toMatch(/ · 0$/m);
  });

  it('says what each setting is', () => {
    const unknown: string[] = [];
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { description } = node as JsonSchema;
      const isNote = typeof description === 'string' && !('x-towpath-secret' in node) && !('$schema' in node);
      if (isNote && !isMessage(decode(description))) unknown.push(description);
      Object.values(node).forEach(look);
    };
    look(projectJsonSchema(sections));
    expect(unknown).toEqual([]);
  });
});
