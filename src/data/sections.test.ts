import { realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionContext, worded } from '../project/testing/section-context.ts';
import { noGrants } from '../project/trust/trust-file.ts';
import { dataSection } from './data-section.ts';
import { formats } from './formats/table.ts';
import { sourcesSectionOver } from './sources-section.ts';
import { folderWith } from './testing/step-context.ts';

const sourcesSection = sourcesSectionOver(formats);
const files = { 'docs/a.md': 'a', 'docs/b.md': 'b', 'faq.csv': 'id,text\n1,x' };

async function problems(
  sources: object[],
  paths: readonly string[] = [],
  there: Record<string, string | Uint8Array> = files,
) {
  const dir = await folderWith(there);
  const value = sourcesSection.schema.parse(sources);
  const context = await sectionContext(dir, {}, { ...noGrants, paths: [...paths] });
  return worded(await sourcesSection.check?.(value, context));
}

test('sources that match files have no problems', async () => {
  expect(await problems([{ name: 'docs', files: ['docs/**/*.md', '*.csv'], id: 'id' }])).toEqual([]);
});

test('a pattern that matches nothing is told what is there', async () => {
  const [problem] = await problems([{ name: 'docs', files: ['doc/*.md'] }]);
  expect(problem).toMatchObject({ path: ['sources', 0, 'files', 0] });
  expect(problem?.accepted).toContain('docs/**/*.md (2), *.csv (1)');
});

test('columns that a table does not have are problems, at the setting or where it is left out', async () => {
  const table = (name: string, settings: object = {}) => ({
    name: name.replace('.', '-'),
    files: [`tables/${name}`],
    ...settings,
  });
  const tables = {
    'tables/faq.csv': Buffer.from('\ufeff问题;"答\n案"\n如何回滚？;用 rollback\n', 'utf16le'),
    'tables/faq.jsonl': '{"q":"a"}\n\n{"q":"b","a":"c"}\n',
    'tables/broken.csv': 'q,"a\nb\n',
    'tables/empty.jsonl': '',
  };
  const found = await problems(
    [
      table('faq.csv', { text: 'body', title: '问题' }),
      table('faq.jsonl', { text: 'a', id: 'key' }),
      table('broken.csv'),
      table('empty.jsonl'),
    ],
    [],
    tables,
  );
  expect(found).toMatchObject([
    { path: ['sources', 0, 'text'], accepted: 'a column of the table: 问题, 答\n案' },
    { path: ['sources', 1, 'id'], message: 'tables/faq.jsonl has no column "key"' },
  ]);
  const [unset] = await problems([{ name: 'faq', files: ['*.csv'] }], [], { 'faq.csv': 'q,a\n1,2\n' });
  expect(unset).toMatchObject({ path: ['sources', 0, 'text'], message: 'faq.csv has no column "text"' });
});

test('a table that differs from the others, or stands among pages, is left to be rejected by name', async () => {
  const files = {
    'docs/a.md': 'text',
    'a.csv': 'q,a\n1,2\n',
    'b.csv': 'text,a\n1,2\n',
    'odd.csv': 'q,a\n1,2\n',
  };
  expect(await problems([{ name: 'all', files: ['*.csv'] }], [], files)).toEqual([]);
  expect(await problems([{ name: 'mixed', files: ['docs/**/*.md', 'odd.csv'] }], [], files)).toEqual([]);
});

test('a table that a link brings from outside is not looked into', async () => {
  const outside = await folderWith({ 'secret.csv': 'password,b\n1,2\n' });
  const dir = await folderWith();
  await symlink(join(outside, 'secret.csv'), join(dir, 'faq.csv'));
  const context = await sectionContext(dir);
  const value = sourcesSection.schema.parse([{ name: 'faq', files: ['*.csv'] }]);
  expect(await sourcesSection.check?.(value, context)).toEqual([]);
  expect(context.trust.asked).toEqual([]);
});

test.each(['../other/*.md', '/etc/*.txt', 'docs/../../x.md', '{a,../b}/*.md'])(
  'the pattern %s leads out of the project',
  async (pattern) => {
    expect((await problems([{ name: 'docs', files: [pattern] }]))[0]?.message).toContain('leads out');
  },
);

test('one name twice and columns without a table are problems', async () => {
  const source = { name: 'docs', files: ['docs/*.md'] };
  expect(await problems([source, { ...source, title: 'title' }])).toMatchObject([
    { path: ['sources', 1, 'name'] },
    { path: ['sources', 1, 'title'] },
  ]);
});

test('data left out has every default; unknown keys and bad sizes are refused', () => {
  expect(dataSection.schema.parse(undefined)).toMatchObject({
    max_file_size: 64 * 2 ** 20,
    min_characters: 20,
  });
  expect(dataSection.schema.safeParse({ minimum: 3 }).success).toBe(false);
  expect(dataSection.schema.safeParse({ max_file_size: 'big' }).success).toBe(false);
});

test('shares that do not sum to one, any beside others, and keep without mask are problems', async () => {
  const data = dataSection.schema.parse({
    split: { train: 0.9, validation: 0.1, test: 0.1 },
    languages: ['any', 'en'],
    mask: [],
    keep: ['a@b.cn'],
  });
  const found = await dataSection.check?.(data, await sectionContext('.'));
  expect(found?.map(({ path }) => path.at(-1))).toEqual(['split', 'languages', 'keep']);
});

test('a pattern that starts outside of the project needs trust, and then is matched there', async () => {
  const outside = await folderWith({ 'deep/c.md': 'c' });
  const sources = [{ name: 'docs', files: [`${outside}/**/*.md`] }];
  expect(await problems(sources)).toMatchObject([
    { path: ['sources', 0, 'files', 0], ask: { kind: 'path', value: await realpath(outside) } },
  ]);
  expect(await problems(sources, [outside])).toEqual([]);
  expect(await problems([{ name: 'docs', files: ['../*/nothing-there.md'] }])).toMatchObject([
    { ask: { kind: 'path', value: await realpath(tmpdir()) } },
  ]);
});

test('a pattern that leads out in its middle is refused, trusted or not', async () => {
  for (const pattern of [
    'docs/../../*.md',
    '../a/../*.md',
    '../{x,..}/*.md',
    '/x/*/../y.md',
    '{..,docs}/*.md',
  ]) {
    const [problem] = await problems([{ name: 'docs', files: [pattern] }], ['/']);
    expect([pattern, problem?.message]).toEqual([pattern, expect.stringContaining('leads out of')]);
  }
});

test('all languages are taken by the word any alone, or in a list', () => {
  const languages = (value: unknown) => dataSection.schema.safeParse({ languages: value }).data?.languages;
  expect(languages('any')).toEqual(['any']);
  expect(languages(['any'])).toEqual(['any']);
  expect(languages(['zh'])).toEqual(['zh']);
  expect(languages('zh')).toBeUndefined();
  expect(languages([])).toBeUndefined();
});
