import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, towpath } from './cli-command.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await emptyFolder();
});

describe('from an empty folder to a valid project', () => {
  it('says what to do without one, writes one, and checks it', async () => {
    const none = await towpath(['validate'], { cwd });
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toMatch(/^error TOW_PROJECT_NOT_FOUND: [\s\S]+towpath init/);

    await mkdir(join(cwd, 'docs/deep'), { recursive: true });
    await writeFile(join(cwd, 'docs/guide.md'), '# Guide\n\nOpen the lock before the boat.\n');
    await writeFile(join(cwd, 'docs/deep/指南.md'), '# 指南\n\n先开闸，再放船。\n');
    const init = await towpath(['init', '--json'], { cwd });
    expect(init.exitCode).toBe(0);
    expect(JSON.parse(init.stdout)).toMatchObject({ documents: 2, languages: ['en', 'zh'] });

    const valid = await towpath(['validate'], { cwd: join(cwd, 'docs/deep') });
    expect(valid).toEqual({ exitCode: 0, stdout: `✓ ${join(cwd, 'towpath.yaml')} is valid\n`, stderr: '' });

    const again = await towpath(['init'], { cwd });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('TOW_PROJECT_EXISTS');
  });

  it('init says that a run would take nothing, where files are there and none can be read', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'a.txt'), Buffer.from('Où êtes-vous? Le café est fermé.', 'latin1'));
    const { stdout } = await towpath(['init'], { cwd: folder });
    expect(stdout).toMatch(/^! a run would take none of the files that were found/m);
    expect(stdout).toMatch(/^ {2}a\.txt {2}it is not valid UTF-8/m);
  });

  it('reports every problem at once, at its place, without showing a secret', async () => {
    await mkdir(join(cwd, 'docs'));
    await writeFile(join(cwd, 'docs/a.md'), '# A');
    const file = `project: handbook
sources:
  - name: docs
    fiels: ["docs/**/*.md"]
models:
  generator:
    name: m
    sha256: ${'a'.repeat(64)}
    licence: MIT
    from:
      - { hf: o/r, revision: ${'b'.repeat(40)}, file: x.gguf, token: hf_verysecret }
serve:
  port: 70000
`;
    await writeFile(join(cwd, 'towpath.yaml'), file);
    const text = await towpath(['validate'], { cwd });
    expect(text.exitCode).toBe(2);
    for (const place of ['towpath.yaml:4:5', 'towpath.yaml:11:', 'towpath.yaml:13:9']) {
      expect(text.stderr).toContain(place);
    }
    expect(text.stderr).toContain('did you mean: files');
    expect(text.stderr).toContain('env:NAME | file:PATH');
    expect(text.stderr).not.toContain('verysecret');
    expect(text.stderr).not.toContain('\u001b');

    const json = await towpath(['validate', '--json'], { cwd });
    expect(json.stderr).toBe('');
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: {
        code: 'TOW_PROJECT_INVALID',
        data: { count: 3, problems: [{ line: 4, nearest: 'files' }, {}, {}] },
      },
    });
  });

  it('survives a file that is no YAML, or no text', async () => {
    for (const bytes of [
      Buffer.from('a: [1,\n b'),
      Buffer.from([0xff, 0xfe, 0x61, 0x00]),
      Buffer.alloc(300_000, 'a'),
    ]) {
      await writeFile(join(cwd, 'towpath.yaml'), bytes);
      const { exitCode, stderr } = await towpath(['validate'], { cwd });
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error TOW_PROJECT_(?:INVALID|UNREADABLE)/);
    }
  });

  it('prints a JSON Schema that knows every section', async () => {
    const { exitCode, stdout } = await towpath(['schema'], { cwd });
    expect(exitCode).toBe(0);
    const schema = JSON.parse(stdout) as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['project', 'sources', 'data', 'index', 'models', 'qa', 'evaluate', 'serve']),
    );
    for (const [key, property] of Object.entries(schema.properties)) {
      expect(JSON.stringify(property), key).toContain('"description"');
    }
  });
});

describe('the command line itself', () => {
  it('prints help and version, and refuses what it does not know', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as {
      version: string;
    };
    expect((await towpath(['--version'], { cwd })).stdout).toBe(`${version}\n`);
    const help = await towpath([], { cwd });
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('Exit codes:');
    const unknown = await towpath(['validat'], { cwd });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('did you mean `validate`?');
  });

  it('colours only when forced where there is no terminal, and never with NO_COLOR', async () => {
    const coloured = { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '' } };
    expect((await towpath(['validate'], coloured)).stderr).toContain('\u001b[');
    expect((await towpath(['validate', '--no-color'], coloured)).stderr).not.toContain('\u001b[');
    const refused = { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } };
    expect((await towpath(['validate'], refused)).stderr).not.toContain('\u001b[');
  });

  it('says how to start a service when there is none to ask', async () => {
    const { exitCode, stderr } = await towpath(['ask', 'What is a lock?', '--url', 'http://127.0.0.1:9'], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('TOW_CLI_NO_SERVICE');
    expect(stderr).toContain('towpath up');
  });
});
