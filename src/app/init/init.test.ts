import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { render, type Speech } from '../../core/messages/message.ts';
import { matchFiles } from '../../data/ingest/list-sources.ts';
import { loadProject } from '../../project/load.ts';
import { initProject } from './init.ts';
import { projectName } from './guess.ts';
import { sections } from '../stages.ts';

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

  it.each([
    [
      'Markdown that is mostly code',
      'a.md',
      `# 安装\n\n安装完成后启动服务。\n\n\`\`\`sh\n${'npm install towpath\n'.repeat(20)}\`\`\`\n`,
    ],
    [
      'Markdown with front matter',
      'a.md',
      `---\ntags: guide setup server\nkeywords: [one, two, three, four, five, six, seven, eight, nine]\n---\n启动服务以后再回答。`,
    ],
    [
      'a page',
      'a.html',
      `<html><head><style>${'body { color: red }'.repeat(9)}</style></head><body class="main page wide"><p>先开闸，再放船。</p></body></html>`,
    ],
    [
      'a table',
      'a.csv',
      '问题,答案,source file name\n怎样开闸？,先等水位一致。,operating manual volume one page seven\n何时开闸？,早上七点。,operating manual volume two page nine\n',
    ],
    [
      'lines of JSON',
      'a.jsonl',
      '{"text":"先等水位一致。","url":"see the operating manual of the lock on page seven"}\n',
    ],
  ])('tells the language as a run tells it: of %s', async (_, path, text) => {
    await files({ [path]: text });
    expect((await initProject({ dir })).languages).toEqual(['zh']);
  });

  it('finds the questions of a table of questions and answers', async () => {
    const row = '闸门,怎样开闸？,先等水位一致。';
    for (const [name, header, expected] of [
      ['zh', '编号,问题,答案', { id: '编号', title: '问题', text: '答案' }],
      ['zh2', '答复,提问', { title: '提问', text: '答复' }],
      ['en', 'Question,Answer', { title: 'Question', text: 'Answer' }],
      ['both', 'title,question,answer', { title: 'title', text: 'answer' }],
    ] as const) {
      const fields = row.split(',').slice(-header.split(',').length).join(',');
      await files({ [`${name}/faq.csv`]: `${header}\n${fields}\n${fields}\n` });
      await initProject({ dir: join(dir, name) });
      const { values } = await loadProject(join(dir, name), sections);
      expect(values.sources[0]).toMatchObject(expected);
    }
  });

  it('names what it does not read, and why', async () => {
    await files({
      'docs/a.md': '# Setup\nInstall the package and start it.',
      'docs/empty.md': '',
      'docs/manual.pdf': '%PDF-1.7',
      'docs/LIESMICH': 'Der Text liegt hier.',
      'docs/requirements.txt': 'numpy',
      'docs/guide.txt': 'The lock opens when the levels agree.',
      'docs/build/out.md': '# Built',
      'docs/fr.md': 'Le bateau avance lentement le long du canal, et les écluses s’ouvrent ensuite.',
      '.env': 'SECRET=1',
      '.towpath/x.md': 'own',
    });
    await symlink(join(dir, 'gone.md'), join(dir, 'docs/dangling.md'));
    await symlink('/etc/hostname', join(dir, 'docs/outside.txt'));
    await symlink(join(dir, 'docs/a.md'), join(dir, 'docs/inside.md'));
    await symlink(join(dir, 'docs/build'), join(dir, 'docs/elsewhere'));
    await symlink(join(dir, 'docs/build'), join(dir, 'docs/pages.md'));
    await writeFile(join(dir, 'docs/latin1.txt'), Buffer.from('Où êtes-vous? Le café est fermé.', 'latin1'));
    const { skipped, skippedCount, documents } = await initProject({ dir });
    expect(Object.fromEntries(skipped.map(({ path, why }) => [path, why]))).toEqual({
      'docs/empty.md': 'it is empty',
      'docs/manual.pdf': 'files that end in .pdf are not read',
      'docs/LIESMICH': 'its name has no ending',
      'docs/requirements.txt': 'a file for programs, not a document',
      'docs/build/': 'a folder of tools, not of documents',
      'docs/fr.md': 'its language is fr; `languages: any` takes it',
      'docs/dangling.md': 'a link to a file that is not there',
      'docs/outside.txt': 'a link that leads out of the folder',
      'docs/elsewhere': 'a link to a folder: such links are not followed',
      'docs/pages.md': 'a link to a folder: such links are not followed',
      'docs/latin1.txt': 'it is not valid UTF-8, and does not read as GB18030 or UTF-16 Chinese',
      '.env': 'it is hidden',
    });
    expect(Object.fromEntries(skipped.map(({ path, whyText }) => [path, render(whyText, 'zh')]))).toEqual({
      'docs/empty.md': '它是空的',
      'docs/manual.pdf': '不读取扩展名为 .pdf 的文件',
      'docs/LIESMICH': '名称没有扩展名',
      'docs/requirements.txt': '是供程序使用的文件，而不是文档',
      'docs/build/': '是工具的文件夹，而不是文档',
      'docs/fr.md': '它的语言是 fr；`languages: any` 会接受它',
      'docs/dangling.md': '是链接，指向的文件不存在',
      'docs/outside.txt': '是通向文件夹之外的链接',
      'docs/elsewhere': '是指向文件夹的链接：不跟随这种链接',
      'docs/pages.md': '是指向文件夹的链接：不跟随这种链接',
      'docs/latin1.txt': '不是有效的 UTF-8，按 GB18030 或 UTF-16 中文也读不通',
      '.env': '它是隐藏的',
    });
    expect(skippedCount).toBe(12);
    expect(skipped.at(-1)?.path).toBe('.env');
    expect(documents).toBe(5);
    const { values } = await loadProject(dir, sections);
    const [source] = values.sources;
    expect(source && (await matchFiles(dir, source))).toEqual([
      ...['docs/a.md', 'docs/dangling.md', 'docs/empty.md', 'docs/fr.md', 'docs/guide.txt'],
      ...['docs/inside.md', 'docs/latin1.txt', 'docs/outside.txt', 'docs/pages.md'],
    ]);
  });

  it('looks on beside a folder that lies too deep, and says that there is more', async () => {
    await files({ [`a/${'x/'.repeat(14)}deep.md`]: '# Deep', 'b/c/near.md': '# Near\nThe lock is open.' });
    const record = await initProject({ dir });
    expect(record.cutShort).toBe(true);
    expect(record.sources).toMatchObject([{ name: 'b', count: 1 }]);
  });

  it('names a bounded number of them, and counts all', async () => {
    await files(
      Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`pictures/${String(n)}.png`, 'x'])),
    );
    const { skipped, skippedCount } = await initProject({ dir });
    expect(skipped).toHaveLength(1000);
    expect(skippedCount).toBe(1200);
  });

  it('says that the disk is full, and leaves nothing that stands in the way of the next try', async ({
    skip,
  }) => {
    const dir = await mkdtemp(join(tmpdir(), 'init-full-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', dir]);
    if (mounted.status !== 0) return skip('a small disk can only be mounted by root');
    try {
      await writeFile(join(dir, 'a.txt'), 'x');
      await expect(initProject({ dir })).rejects.toMatchObject({ code: 'TOW_STORE_DISK_FULL', exitCode: 4 });
      expect(await readdir(dir)).toEqual(['a.txt']);
    } finally {
      spawnSync('umount', [dir]);
      await rm(dir, { recursive: true });
    }
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

  it('writes the same file for whoever reads Chinese, with its comments in Chinese', async () => {
    await files({
      'docs/a.md': '# A',
      'faq.csv': 'id,question,answer\n1,怎样开闸？,先等水位一致。\n',
      'table.parquet': 'PAR1',
      'suite.jsonl': '{"id":"1","question":"q","answers":["a"]}\n',
    });
    for (const to of [dir, join(dir, 'empty')]) {
      const linesIn = async (language: Speech) =>
        (await readFile((await initProject({ dir: to, force: true, language })).file, 'utf8')).split('\n');
      const [en, zh] = [await linesIn('en'), await linesIn('zh')];
      const content = (line: string) => line.replace(/# .*/, '');
      expect(zh.map(content)).toEqual(en.map(content));
      const english = zh.filter(
        (line) => /[a-z]{2} [a-z]{2,20} [a-z]{2}/i.test(line) && !/\p{Script=Han}/u.test(line),
      );
      expect(english).toEqual([]);
      expect(en.filter((line) => /\p{Script=Han}/u.test(line))).toEqual([]);
    }
  });

  it('keeps a file that is there, unless forced', async () => {
    await files({ 'towpath.yaml': 'mine' });
    await expect(initProject({ dir })).rejects.toMatchObject({ code: 'TOW_PROJECT_EXISTS', exitCode: 2 });
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toBe('mine');
    await initProject({ dir, force: true });
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toContain('sources:');
  });

  it('needs a folder, and the name of the project file for itself', async () => {
    await files({ notes: 'mine' });
    await expect(initProject({ dir: join(dir, 'notes') })).rejects.toMatchObject({
      ...{
        code: 'TOW_STORE_NOT_A_FOLDER',
        exitCode: 2,
        hint: expect.stringContaining('name a folder') as string,
      },
    });
    await mkdir(join(dir, 'towpath.yaml'));
    for (const force of [false, true])
      await expect(initProject({ dir, force })).rejects.toMatchObject({
        ...{ code: 'TOW_PROJECT_NOT_WRITABLE', hint: 'rename or remove that folder' },
      });
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
