import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeTinyModel } from '../../src/llama/testing/tiny-model.ts';

/** The documents: facts of a place that is not, so that no model knows them. */
const documents: Readonly<Record<string, string>> = {
  'docs/en/lock.md': `# The lock at Marlow Bend

The lock at Marlow Bend was built in 1794. Its keeper is Ada Thornbury.

## Opening hours

The lock opens at 7 in the morning and closes at 9 in the evening. On Sundays it stays closed.
`,
  'docs/en/ferry.md': `# The ferry

The ferry crosses the river every 20 minutes. A crossing costs 3 crowns.

## Winter

In winter the ferry does not run, because the river freezes over.
`,
  'docs/en/bakery.md': `# The bakery

The bakery of Oswin Pell sells rye bread and plum cake. It was founded in 1852.
`,
  'docs/zh/bridge.md': `# 石桥

石桥建于1688年，由工匠沈清河设计。石桥全长46米，共有五个桥拱。

## 通行

马车不得驶上石桥，行人可以随时通过。
`,
  'docs/zh/tea.md': `# 茶馆

望江茶馆位于南码头，每天上午八点开门。茶馆的老板是林月如。
`,
};

interface Question {
  readonly question: string;
  readonly language: string;
  readonly answers: readonly string[];
  readonly passage?: { readonly source: string; readonly text: string };
}

export const suite: readonly Question[] = [
  {
    question: 'When was the lock at Marlow Bend built?',
    language: 'en',
    answers: ['1794'],
    passage: { source: 'docs/en/lock.md', text: 'The lock at Marlow Bend was built in 1794.' },
  },
  {
    question: 'Who is the keeper of the lock?',
    language: 'en',
    answers: ['Ada Thornbury'],
    passage: { source: 'docs/en/lock.md', text: 'Its keeper is Ada Thornbury.' },
  },
  {
    question: 'How much does a crossing with the ferry cost?',
    language: 'en',
    answers: ['3 crowns'],
    passage: { source: 'docs/en/ferry.md', text: 'A crossing costs 3 crowns.' },
  },
  {
    question: 'What does the bakery of Oswin Pell sell?',
    language: 'en',
    answers: ['rye bread and plum cake'],
    passage: {
      source: 'docs/en/bakery.md',
      text: 'The bakery of Oswin Pell sells rye bread and plum cake.',
    },
  },
  { question: 'What is the boiling point of tungsten?', language: 'en', answers: [] },
  {
    question: '石桥建于哪一年？',
    language: 'zh',
    answers: ['1688年', '1688'],
    passage: { source: 'docs/zh/bridge.md', text: '石桥建于1688年' },
  },
  {
    question: '茶馆的老板是谁？',
    language: 'zh',
    answers: ['林月如'],
    passage: { source: 'docs/zh/tea.md', text: '茶馆的老板是林月如。' },
  },
  { question: '量子计算机有多少个量子比特？', language: 'zh', answers: [] },
];

export interface ProjectOptions {
  /** The list under `models.generator.from`. @default the tiny model's file */
  readonly from?: string;
  /** @default that of the tiny model */
  readonly sha256?: string;
  /** The list under `evaluate.gates`. */
  readonly gates?: string;
  /** Patterns of the one source. */
  readonly files?: string;
  /** More lines of the project file. */
  readonly more?: string;
}

/** A real project of a few pages in a folder of its own, with a model that loads in milliseconds. */
export class TestProject {
  readonly modelDigest: string;
  #dir: string;

  private constructor(dir: string, modelDigest: string) {
    this.#dir = dir;
    this.modelDigest = modelDigest;
  }

  get dir(): string {
    return this.#dir;
  }

  /** Gives the whole folder another place. */
  async move(): Promise<void> {
    const to = `${this.#dir}-moved`;
    await rename(this.#dir, to);
    this.#dir = to;
  }

  static async create(options: ProjectOptions = {}, parent = tmpdir()): Promise<TestProject> {
    const dir = await realpath(await mkdtemp(join(parent, 'towpath-product-')));
    const model = join(dir, 'models/tiny.gguf');
    await mkdir(dirname(model), { recursive: true });
    const digest = createHash('sha256')
      .update(await readFile(writeTinyModel(model)))
      .digest('hex');
    const project = new TestProject(dir, digest);
    for (const [path, text] of Object.entries(documents)) await project.write(path, text);
    const lines = suite.map((question, at) => JSON.stringify({ id: `q${String(at + 1)}`, ...question }));
    await project.write('suite/all.jsonl', `${lines.join('\n')}\n`);
    await project.configure(options);
    return project;
  }

  /** Writes the project file. */
  async configure(options: ProjectOptions = {}): Promise<void> {
    await this.write(
      'towpath.yaml',
      `project: marlow
sources:
  - name: docs
    files: [${options.files ?? '"docs/**/*.md"'}]
models:
  generator:
    name: tiny
    sha256: ${options.sha256 ?? this.modelDigest}
    licence: CC0-1.0
    from:
${options.from ?? '      - file: models/tiny.gguf'}
qa:
  max_tokens: 24
evaluate:
  suites: [suite/all.jsonl]
  gates:
${options.gates ?? '    - { metric: retrieval.recall@5, min: 0.9 }'}
  bootstrap: { resamples: 1000 }
serve:
  port: 0
  drain: 10s
${options.more ?? ''}`,
    );
  }

  path(path: string): string {
    return join(this.dir, path);
  }

  async write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), content);
  }

  async read(path: string): Promise<string> {
    return await readFile(this.path(path), 'utf8');
  }

  /** Changes one thing that stands in a file once. */
  async edit(path: string, from: string, to: string): Promise<void> {
    const text = await this.read(path);
    if (text.split(from).length !== 2) throw new Error(`${from} does not stand in ${path} once`);
    await this.write(path, text.replace(from, to));
  }

  async remove(): Promise<void> {
    // Adopted artifacts are read-only; a folder that may not be written cannot be emptied, except by root.
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
