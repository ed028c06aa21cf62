import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadProject } from '../../project/load.ts';
import { initProject } from './init.ts';
import { sections } from '../stages.ts';

const answer = 'The gate opens when the levels agree.';

async function initIn(content: Record<string, string | Uint8Array>) {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-init-'));
  for (const [path, text] of Object.entries(content)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const { skipped, short } = await initProject({ dir });
  const { values } = await loadProject(dir, sections);
  return {
    ...values,
    short,
    skipped: Object.fromEntries(skipped.map(({ path, why }) => [path, why])),
  };
}

it.each([
  ['names with spaces around them', `id, text\n1,${answer}\n`],
  ['blank lines before the header', `\n \nid;text\n1;${answer}\n`],
  ['the line of a spreadsheet', `sep=;\r\nid;text\r\n1;${answer}\r\n`],
  [
    'bars between the columns and commas in them',
    `id|text\n1|When the levels agree, it opens, says the keeper.\n`,
  ],
  ['UTF-16 without a mark', Buffer.from(`id,text\n1,${answer}\n2,${answer}\n`, 'utf16le')],
  ['lines that end in CR alone', `id,text\r1,${answer}\r`],
])('reads the header of a table as a run does, one of %s', async (_, table) => {
  const { sources, skipped } = await initIn({ 'faq.csv': table });
  expect(sources).toMatchObject([{ text: 'text', id: 'id', files: ['faq.csv'] }]);
  expect(skipped).toEqual({});
});

it.each(['(group)', '[id]', '!x', '{a}', 'a+(b)', 'a!(b)', '!(b)', '@x', 'a|b', 'a,b', 'a\\b', 'a\\(b'])(
  'writes a pattern that is taken for a folder called %s',
  async (folder) => {
    const { sources } = await initIn({
      [`${folder}/a.md`]: `# Gates\n\n${answer}\n`,
      [`x/${folder}/faq.csv`]: `text\n${answer}\n`,
    });
    expect(sources).toHaveLength(2);
  },
);

it('takes the column with the most words, and not one of figures', async () => {
  const { sources } = await initIn({
    'a.csv': '价格,名称,产地\n120000000,铜管,江西省\n130000000,钢管,湖北省\n',
  });
  expect(sources).toMatchObject([{ text: '产地', title: '名称' }]);
});

it('asks for no more characters than the rows of a table have', async () => {
  const parts = '{"id":5,"name":"零件5","price":15,"note":"零件5由第5车间生产。"}\n';
  const { data, sources, short } = await initIn({
    'parts.jsonl': parts,
    'docs/a.md': `# Gates\n\n${answer}\n`,
  });
  expect(sources.at(-1)).toMatchObject({ text: 'note', title: 'name' });
  expect(data.min_characters).toBe(11);
  expect(short).toEqual({ path: 'parts.jsonl', characters: 11 });
  expect((await initIn({ 'docs/a.md': `# Gates\n\n${answer}\n` })).data.min_characters).toBe(20);
});

it('leaves out a table of which a run would take nothing, and says why', async () => {
  const french = 'Le bateau avance lentement le long du canal, et les écluses s’ouvrent ensuite.';
  const { sources, skipped } = await initIn({
    'docs/a.md': `# Gates\n\n${answer}\n`,
    'preamble.csv': `Exported on Monday\nid,text\n1,"${answer}"\n`,
    'numbers.csv': 'x,y\n1,2\n',
    'array.jsonl': JSON.stringify([{ text: answer }], null, 2),
    'french.csv': `text\n"${french}"\n`,
    'wide.csv': `text\n${answer},1\n`,
    'header.csv': 'id,text\n',
    'french/a.md': french,
  });
  expect(sources.map(({ name }) => name)).toEqual(['docs']);
  expect(skipped).toEqual({
    'preamble.csv':
      'its first line has 1 column and the lines after it have 2: take out what stands before the header',
    'numbers.csv': 'no column of it holds words',
    'array.jsonl': 'this file is a JSON array; each line must be an object of its own',
    'french.csv': 'its language is fr; `languages: any` takes it',
    'wide.csv': 'it has 2 columns, the header has 1',
    'header.csv': 'it has no rows',
    'french/a.md': 'its language is fr; `languages: any` takes it',
  });
});

it('takes any language where there is no document in the two', async () => {
  const french = 'Le bateau avance lentement le long du canal, et les écluses s’ouvrent ensuite.';
  const { data, sources } = await initIn({ 'docs/a.md': french });
  expect(data.languages).toEqual(['any']);
  expect(sources.map(({ files }) => files)).toEqual([['docs/**/*.md']]);
});
