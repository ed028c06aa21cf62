import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { writeTinyModel } from '../../src/llama/testing/tiny-model.ts';
import { isInstalled } from './installed.ts';
import { repository, type PageLanguage } from './pages.ts';

/** The port that the handbook names. Here each service gets another, so that nothing else on the machine is in the way. */
export const shownPort = '7411';

/** A newcomer's machine: a clone, a home, and a project under /srv that has been at work for a while. */
export class World {
  readonly root: string;
  readonly clone: string;
  readonly home: string;
  readonly manuals: string;
  readonly ports: { readonly clone: number; readonly manuals: number };

  private constructor(root: string, ports: World['ports']) {
    this.root = root;
    this.clone = join(root, 'clone');
    this.home = join(root, 'home');
    this.manuals = join(root, 'srv/manuals');
    this.ports = ports;
  }

  static async create(): Promise<World> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'towpath-handbook-')));
    const world = new World(root, { clone: await freePort(), manuals: await freePort() });
    await copyRepository(world.clone);
    await world.#shorten();
    await mkdir(world.home, { recursive: true });
    for (const folder of [join(world.home, 'manuals'), join(world.clone, 'my-documents'), world.manuals])
      await world.writePages(join(folder, 'docs'));
    await world.write('bin/towpath', `#!/bin/sh\nexec node ${repository}/dist/cli/main.js "$@"\n`, 0o755);
    await world.#writeManuals();
    return world;
  }

  /** The environment of a command: the newcomer's home, with the packages and registries of this machine. */
  env(language: PageLanguage): Record<string, string> {
    const mine = homedir();
    const places: Record<string, string> = {
      HOME: this.home,
      PATH: ['npm/bin', 'python/bin', 'bin'].map((each) => join(this.root, each)).join(':'),
      npm_config_prefix: join(this.root, 'npm'),
      npm_config_cache: join(mine, '.npm'),
      npm_config_userconfig: join(mine, '.npmrc'),
      PIP_CACHE_DIR: join(mine, '.cache/pip'),
      LANG: language === 'zh' ? 'zh_CN.UTF-8' : 'C.UTF-8',
      NO_COLOR: '1',
      CPU_INDEX: '',
      CI_TRUST_FILE: join(this.home, 'ci-trust.json'),
    };
    const pip = [
      process.env['PIP_CONFIG_FILE'],
      join(mine, '.config/pip/pip.conf'),
      join(mine, '.pip/pip.conf'),
    ];
    const found = pip.find((path) => path !== undefined && existsSync(path));
    if (found !== undefined) places['PIP_CONFIG_FILE'] = found;
    if (existsSync(join(mine, '.pyenv'))) places['PYENV_ROOT'] = join(mine, '.pyenv');
    // What npm and vitest set for their own children would reach a newcomer's commands otherwise.
    const kept = Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(?:npm_|VITEST|NODE_ENV$|LC_|LANG|XDG_|CI$|GITHUB_)/.test(entry[0]),
    );
    const env = { ...Object.fromEntries(kept), ...places };
    env['PATH'] = `${places['PATH'] ?? ''}:${process.env['PATH'] ?? ''}`;
    return env;
  }

  /** What was printed, as it would be on the machine that the handbook describes. */
  told(text: string): string {
    return text
      .replaceAll(`${this.home}/`, '/home/ada/')
      .replaceAll(this.root, '')
      .replaceAll(new RegExp(`\\b${userInfo().username}\\b`, 'g'), 'ada');
  }

  async write(path: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text, { mode });
  }

  /** Documents for a project: this handbook, without the questions that it shows, which would be found as answers. */
  async writePages(docs: string): Promise<void> {
    await cp(join(repository, 'examples/handbook/docs'), docs, { recursive: true });
    for (const language of ['en', 'zh']) {
      for (const name of await readdir(join(docs, language))) {
        const path = join(docs, language, name);
        const text = await readFile(path, 'utf8');
        await writeFile(path, text.replaceAll(/```\n\$ (?:\.\/)?towpath ask [^`]*```\n/g, ''));
      }
    }
  }

  /** A project that `init` wrote gets a port of its own, too. */
  async givePort(dir: string): Promise<void> {
    const file = join(dir, 'towpath.yaml');
    if (!existsSync(file)) return;
    const text = await readFile(file, 'utf8');
    if (/^serve:/m.test(text)) return;
    await writeFile(file, `${text}\nserve:\n  port: ${String(await freePort())}\n`);
  }

  /** A reader of the other language begins where the first one began. */
  async forget(): Promise<void> {
    const made = [
      ...['examples/handbook/.towpath', 'towpath.yaml'].map((path) => join(this.clone, path)),
      ...['towpath.yaml', '.towpath'].map((path) => join(this.home, 'manuals', path)),
      join(this.manuals, 'guide'),
    ];
    for (const path of made) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The examples at a size for tests: few questions, and two steps of training where the example takes minutes. */
  async #shorten(): Promise<void> {
    const handbook = join(this.clone, 'examples/handbook');
    for (const language of ['en', 'zh']) {
      const path = join(handbook, `suite/${language}.jsonl`);
      const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
      await writeFile(path, `${lines.slice(0, 3).join('\n')}\n${lines.at(-1) ?? ''}\n`);
    }
    for (const name of ['towpath.yaml', 'tuned.yaml']) {
      const path = join(handbook, name);
      const text = await readFile(path, 'utf8');
      const easy = text
        .replaceAll(/min: [\d.]+/g, 'min: 0')
        .replace(`port: ${shownPort}`, `port: ${String(this.ports.clone)}`);
      await writeFile(path, easy);
    }
    const tiny = join(this.clone, 'examples/tiny-lm');
    const text = await readFile(join(tiny, 'towpath.yaml'), 'utf8');
    await writeFile(
      join(tiny, 'towpath.yaml'),
      text
        .replaceAll(/epochs: \d+/g, 'steps: 2')
        .replaceAll(/warmup: \d+/g, 'warmup: 1')
        .replaceAll(/vocabulary: \d+/g, 'vocabulary: 300'),
    );
    for (const language of ['en', 'zh']) {
      const files = (await readdir(join(tiny, 'text', language))).sort();
      for (const file of files.slice(4)) await rm(join(tiny, 'text', language, file));
    }
  }

  /** The project that most pages speak of: this handbook as documents, a model of its own, gates, and four releases to come. */
  async #writeManuals(): Promise<void> {
    const model = join(this.manuals, 'models/tiny.gguf');
    await mkdir(dirname(model), { recursive: true });
    const sha256 = createHash('sha256')
      .update(await readFile(writeTinyModel(model)))
      .digest('hex');
    const lines = await Promise.all(
      ['en', 'zh'].map(async (language) => {
        const suite = await readFile(join(repository, `examples/handbook/suite/${language}.jsonl`), 'utf8');
        return suite.split('\n').slice(0, 4).join('\n');
      }),
    );
    for (const language of ['en', 'zh']) {
      await this.write(
        `srv/manuals/docs/${language}/team.md`,
        `# The team\n\nThe team of the manuals has 1 member.\n`,
      );
    }
    await this.write('srv/manuals/docs/draft.md', 'Draft of rules\n');
    await this.write('srv/manuals/docs/contact.md', contact);
    await this.write(
      'srv/manuals/docs/en/notice.html',
      '<h1>Notice</h1><p>The manuals are kept in two languages.</p>',
    );
    await this.write('srv/manuals/price-list.pdf', pdf);
    if (isInstalled('pandoc')) {
      const words = ['--output', join(this.manuals, 'contract.docx'), join(this.manuals, 'docs/en/team.md')];
      execFileSync('pandoc', words);
    }
    await this.write('srv/manuals/suite.jsonl', `${lines.join('\n')}\n`);
    await this.write('srv/manuals/towpath.yaml', manualsFile(sha256, this.ports.manuals));
  }
}

const manualsFile = (sha256: string, port: number) => `project: manuals
sources:
  - name: docs
    files: ["docs/**/*.md", "docs/**/*.html"]
index:
  passage: { max_characters: 1200 }
models:
  generator:
    name: tiny
    sha256: ${sha256}
    licence: CC0-1.0
    from:
      - file: models/tiny.gguf
qa:
  decline_below: 0.3
  max_tokens: 16
evaluate:
  suites: [suite.jsonl]
  gates:
    - { metric: retrieval.recall@5, min: 0.5 }
    - { metric: answer.f1, language: en, min: 0 }
  bootstrap: { resamples: 1000 }
serve:
  port: ${String(port)}
`;

const contact = `# Contact

Write to us about the manuals.

## Addresses

For orders: ada@manuals.example

For repairs: ned@manuals.example
`;

/** One page that says "Price list". */
const pdf = `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R
   /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 44 >>
stream
BT /F1 18 Tf 20 100 Td (Price list) Tj ET
endstream
endobj
trailer << /Root 1 0 R /Size 5 >>
%%EOF
`;

async function copyRepository(to: string): Promise<void> {
  const left = new Set(['.git', 'node_modules', 'dist', '.towpath', 'coverage', '__pycache__', '.vite']);
  await cp(repository, to, {
    recursive: true,
    filter: (path) => !left.has(path.split('/').at(-1) ?? ''),
  });
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
