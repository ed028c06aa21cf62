import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkProject, loadProject } from './load.ts';
import { problemsOf, sortProblems } from './problem.ts';
import { render } from '../core/messages/message.ts';
import { asTowpathError } from '../core/errors/towpath-error.ts';
import { toyFile, toySections } from './testing/toy-sections.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-project-'));
});

async function problems(text: string | Uint8Array) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return sortProblems((await checkProject(bytes, dir, toySections)).problems);
}

/** `line:column field: message` of each problem. */
async function said(text: string | Uint8Array) {
  return (await problems(text)).map((p) => `${p.line}:${p.column} ${p.field}: ${p.message}`);
}

describe('loading a project', () => {
  it('fills in defaults, freezes everything and keeps the types of the sections', async () => {
    await writeFile(join(dir, 'towpath.yaml'), toyFile);
    const project = await loadProject(dir, toySections);
    expect(project.values.serve.port).toBe(7411);
    expect(project.values.sources[0]?.encoding).toBe('auto');
    expect(Object.isFrozen(project.values.sources[0])).toBe(true);
    expect(() => Object.assign(project.values.serve, { port: 1 })).toThrow(TypeError);
  });

  it('gives the same digest whatever the comments, the order of keys and the defaults written out', async () => {
    await writeFile(join(dir, 'towpath.yaml'), toyFile);
    const { digest } = await loadProject(dir, toySections);
    await writeFile(
      join(dir, 'towpath.yaml'),
      `# a comment\nserve: { threads: auto, port: 7411 }\n${toyFile}`,
    );
    expect((await loadProject(dir, toySections)).digest).toBe(digest);
    await writeFile(join(dir, 'towpath.yaml'), `serve: { port: 7412 }\n${toyFile}`);
    expect((await loadProject(dir, toySections)).digest).not.toBe(digest);
  });

  it('throws one error that carries all problems, in the order of the file', async () => {
    await writeFile(join(dir, 'towpath.yaml'), 'serve: { port: 0 }\nproject: UPPER\n');
    const error = asTowpathError(await loadProject(dir, toySections).catch((thrown: unknown) => thrown));
    expect(error.code).toBe('TOW_PROJECT_INVALID');
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe('towpath.yaml has 3 problems');
    expect(error.where).toBe('towpath.yaml:1:1');
    expect(problemsOf(error).map(({ field }) => field)).toEqual(['sources', 'serve.port', 'project']);
  });
});

describe('problems with values', () => {
  it('reports a wrong type with the value and what is accepted', async () => {
    const [{ texts, ...problem } = {}, ...others] = await problems(`${toyFile}serve:\n  port: many\n`);
    expect(others).toEqual([]);
    expect(problem).toEqual({
      line: 6,
      column: 9,
      length: 4,
      field: 'serve.port',
      message: 'text where a whole number is expected',
      value: 'many',
      accepted: 'a whole number, 1 to 65535 (Port)',
      excerpt: '  port: many',
    });
    expect(texts?.message && render(texts.message, 'zh')).toBe('此处应为：整数；实际是：文本');
    expect(texts?.accepted && render(texts.accepted, 'zh')).toBe('整数，1 至 65535（Port）');
  });

  it('reports numbers out of range, empty lists and texts of the wrong form', async () => {
    expect(await said('project: Hand Book\nsources: []\nserve: { port: 70000 }')).toEqual([
      '1:10 project: not in the accepted form',
      '2:10 sources: too few entries',
      '3:16 serve.port: too large',
    ]);
  });

  it('names the accepted value that a misspelt one is nearest to', async () => {
    const [problem] = await problems(`${toyFile}    encoding: utf8\n`);
    expect(problem).toMatchObject({
      value: 'utf8',
      accepted: expect.stringContaining('auto | utf-8 | gb18030') as string,
      nearest: 'utf-8',
    });
  });

  it('reports what cross-field checks find, at the value', async () => {
    expect(await said(`${toyFile}  - name: docs\n    files: [a]\n`)).toEqual([
      '5:11 sources[1].name: the name is taken',
    ]);
  });

  it('follows an alias to the text that it stands for', async () => {
    expect(await said(`project: &p Upper Case\nsources:\n  - { name: *p, files: [1] }\n`)).toEqual([
      '1:13 project: not in the accepted form',
      '3:25 sources[0].files[0]: a number where text is expected',
    ]);
  });
});

describe('problems with keys', () => {
  it('reports a misspelt key once, at the key, with the key that was meant', async () => {
    expect(await problems('project: a\nsources:\n  - name: x\n    fiels: [a]\n')).toMatchObject([
      { line: 4, column: 5, message: 'unknown key', nearest: 'files', accepted: 'name, files, encoding' },
    ]);
  });

  it('says where a key belongs that stands in the wrong place', async () => {
    expect(await problems(`${toyFile}port: 7411\n`)).toMatchObject([
      { field: 'port', nearest: 'serve.port' },
    ]);
  });

  it('looks into a section whose key is misspelt', async () => {
    expect(await said(`${toyFile}sevre:\n  port: x\n`)).toEqual([
      '5:1 sevre: unknown key',
      '6:9 sevre.port: text where a whole number is expected',
    ]);
  });

  it('reports a missing key at what it is missing from', async () => {
    expect(await said('project: a\nsources:\n  - name: x\n')).toEqual(['3:5 sources[0].files: missing']);
  });

  it('tells which form of several was meant', async () => {
    expect(
      await said(
        `${toyFile}models:\n  from:\n    - { pip: a, fil: b }\n    - { hf: a, revision: 3 }\n    - 7\n`,
      ),
    ).toEqual([
      '7:17 models.from[0].fil: unknown key',
      '8:26 models.from[1].revision: a number where text is expected',
      '9:7 models.from[2]: none of the accepted forms',
    ]);
  });
});

describe('problems of one form of several', () => {
  const from = async (place: string) =>
    (await problems(`${toyFile}models: { from: [${place}] }\n`)).map(
      ({ field, message, accepted, nearest }) => ({ field, message, accepted, nearest }),
    );

  it('tells the unknown and the missing keys of the form that knows most of what was written', async () => {
    expect(await from('{ huggingface: a, file: b, revision: c, token: "env:T" }')).toMatchObject([
      { field: 'models.from[0].hf', message: 'missing' },
      { field: 'models.from[0].huggingface', message: 'unknown key', nearest: undefined },
      { field: 'models.from[0].file', message: 'unknown key', accepted: 'hf, revision, token' },
    ]);
  });

  it('takes a misspelt key for the one that it is nearest to', async () => {
    expect(await from('{ pap: a, file: b }')).toMatchObject([
      { field: 'models.from[0].pap', message: 'unknown key', nearest: 'pip' },
    ]);
  });
});

describe('every problem at once', () => {
  const twice = 'project: a\nsources:\n  - name: x\n    files: [a]\n  - name: x\n';

  it('checks a section across its fields although another one has mistakes', async () => {
    expect(await said(`${twice}    files: [b]\nserve: { port: 0 }\n`)).toEqual([
      '5:11 sources[1].name: the name is taken',
      '7:16 serve.port: too small',
    ]);
  });

  it('checks it in spite of its own unknown keys and misspelt ones', async () => {
    expect(await said(`${twice}    fiels: [b]\n    encoding: utf8\n    colour: red\n`)).toEqual([
      '5:11 sources[1].name: the name is taken',
      '6:5 sources[1].fiels: unknown key',
      expect.stringContaining('7:15 sources[1].encoding: '),
      '8:5 sources[1].colour: unknown key',
    ]);
  });

  it('checks the entries of a list beside one with a wrong setting, and tells nothing that could hang on that', async () => {
    const third =
      '    files: [b]\n  - name: y\n    files: [c]\n    encoding: 7\n  - name: y\n    files: [d]\n';
    expect(await said(`${twice}${third}`)).toEqual([
      '5:11 sources[1].name: the name is taken',
      expect.stringContaining('9:15 sources[2].encoding: '),
      '10:11 sources[3].name: the name is taken',
    ]);
    const wrong = '    files: [b]\n    encoding: 7\n';
    expect(await said(`${twice}${wrong}`)).toEqual([expect.stringContaining('7:15 sources[1].encoding: ')]);
  });

  it('checks a section whose key is misspelt, where it is written', async () => {
    expect(await said(`${twice.replace('sources', 'source')}    files: [b]\n`)).toEqual([
      '2:1 source: unknown key',
      '5:11 source[1].name: the name is taken',
    ]);
  });
});

describe('problems of YAML itself', () => {
  it('reports a duplicate key and goes on', async () => {
    expect(await said(`${toyFile}serve: { port: 0 }\nproject: b\n`)).toEqual([
      '5:16 serve.port: too small',
      '6:1 : this key stands here a second time',
    ]);
  });

  it.each([
    ['', 'the file is empty'],
    ['- a\n', 'the file is not a mapping of keys to values'],
    ['a: [1\n', 'flow sequence'],
    ['\ta: 1\n', 'a tab is used to indent'],
    ['a: 1\n---\nb: 1\n', 'a second YAML document'],
    ['a: !!js/function x\n', 'tags such as'],
    ['a: *nope\n', 'has no anchor'],
    ['a: &x [*x]\n', 'stands inside what it refers to'],
  ])('reports %j', async (text, message) => {
    expect((await problems(text)).map((p) => p.message).join('\n')).toContain(message);
  });

  it('refuses nesting without end', async () => {
    expect((await problems(`a: ${'['.repeat(20_000)}`))[0]?.message).toBe('nested too deeply');
  });

  it('refuses aliases that multiply the file', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(i === 0 ? 'ha' : `*a${i - 1}`)
          .join(', ')}]`,
    );
    expect(await said(levels.join('\n'))).toEqual([
      expect.stringContaining('aliases repeat the file far too often'),
    ]);
  });

  it(
    'refuses more aliases than a project file has use for, without following them',
    { timeout: 20_000 },
    async () => {
      const text = `a: &a [x]\nb: [${'*a, '.repeat(50_000)}*a]`;
      expect(await said(text)).toEqual([
        expect.stringContaining('the aliases of the file are more than 1000'),
      ]);
    },
  );

  it('says that a file in another encoding must be UTF-8', async () => {
    expect(await said(Buffer.from('\ufeffproject: a', 'utf16le'))).toEqual([
      expect.stringContaining('save it as UTF-8'),
    ]);
    expect(await said(Buffer.from([0x61, 0x3a, 0x20, 0xb0, 0xa1, 0x0a]))).toEqual([
      expect.stringContaining('1:4 : the file is not valid UTF-8'),
    ]);
  });
});

describe('secrets', () => {
  it('refuses a literal and shows it nowhere', async () => {
    const found = await problems(
      `${toyFile}models:\n  from:\n    - { hf: a, revision: b, token: hf_SECRET }\n`,
    );
    expect(found).toMatchObject([{ field: 'models.from[0].token', accepted: 'env:NAME | file:PATH' }]);
    expect(JSON.stringify(found)).not.toContain('hf_SECRET');
  });

  it.each([
    'models: { from: [{ hf: a, revision: 3, tokn: hf_SECRET }] }',
    'api_key: hf_SECRET',
    'serve: { prot: 1, password: [hf_SECRET] }',
    'broken: [\ntoken: hf_SECRET',
  ])('hides what sounds secret in %j', async (text) => {
    const found = await problems(`${toyFile}${text}\n`);
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain('hf_SECRET');
  });

  it('accepts references', async () => {
    expect(
      await said(`${toyFile}models: { from: [{ hf: a, revision: b, token: "env:HF_TOKEN" }] }\n`),
    ).toEqual([]);
  });
});
