import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadProject } from '../project/load.ts';
import { initProject } from './init.ts';
import { projectName } from './init-guess.ts';
import { sections } from './sections.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-init-'));
});

async function files(content: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, text] of Object.entries(content)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

describe('towpath init', () => {
  it('writes a file that the real sections accept, for whatever it finds', async () => {
    await files({
      'README.md': '# Read me\nThis is a project about canals.',
      'docs/a.md': '# Setup\nInstall the package and start it.',
      'docs/deep/b.MD': '# More',
      '手册/指南.txt': '这是一份关于运河的中文说明书。',
      'web (old)/[1].html': '<p>Some text in English here.</p>',
      'tables/faq.csv': 'nr;title;body\n1;Locks;"How; locks work"\n2;Boats;What boats are\n',
      'tables/one.jsonl': '{"id":"a","question":"why","answer":"because"}\n',
      'suite/en.jsonl':
        '{"id":"1","language":"en","question":"q","answers":["a"],"passage":{"source":"docs/a.md","text":"Setup"}}\n',
      'node_modules/x/readme.md': 'no',
      '.hidden/x.md': 'no',
      'requirements.txt': 'no',
    });
    const record = await initProject({ dir });
    const project = await loadProject(dir, sections);
    expect(record.documents).toBe(7);
    expect(project.values.sources.map(({ name, files }) => [name, files])).toEqual([
      ['files', ['*.md']],
      ['docs', ['docs/**/*.MD', 'docs/**/*.md']],
      ['web-old', ['web \\(old\\)/**/*.html']],
      ['files-2', ['手册/**/*.txt']],
      ['faq', ['tables/faq.csv']],
      ['one', ['tables/one.jsonl']],
    ]);
    expect(project.values.sources[4]).toMatchObject({ text: 'body', title: 'title' });
    expect(project.values.sources[5]).toMatchObject({ text: 'answer', id: 'id' });
    expect(record.languages).toEqual(['en', 'zh']);
    expect(record.suites).toEqual(['suite/en.jsonl']);
  });

  it('writes a template to be completed, and says so, when nothing is found', async () => {
    const record = await initProject({ dir: join(dir, 'new') });
    expect(record.documents).toBe(0);
    expect(await readFile(record.file, 'utf8')).toContain('docs/**/*.md');
    await files({ 'new/docs/a.md': '# A', 'new/docs/b.txt': 'b' });
    await expect(loadProject(join(dir, 'new'), sections)).resolves.toMatchObject({
      values: { project: 'new' },
    });
  });

  it('keeps a file that is there, unless forced', async () => {
    await files({ 'towpath.yaml': 'mine' });
    await expect(initProject({ dir })).rejects.toMatchObject({ code: 'TOW_PROJECT_EXISTS', exitCode: 2 });
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toBe('mine');
    await initProject({ dir, force: true });
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toContain('sources:');
  });

  it('makes a project name of any folder name', () => {
    expect(['/a/My Handbook!', '/a/手册', '/', `/a/${'x'.repeat(60)}`].map(projectName)).toEqual([
      'my-handbook',
      'project',
      'project',
      'x'.repeat(40),
    ]);
  });
});
