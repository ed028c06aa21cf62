import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeFormat } from './testing/contract.ts';
import type { FormatSample } from './testing/sample.ts';
import { formats } from './table.ts';

const samples = new Map<string, FormatSample>();
for (const { name } of formats.rows) {
  const module = new URL(`./${name}/testing/sample.ts`, import.meta.url).href;
  const { sample } = (await import(module)) as { readonly sample: FormatSample };
  samples.set(name, sample);
}

for (const format of formats.rows) describeFormat(formats, format, samples);

test.each(formats.rows.map((format) => [format.name, format] as const))(
  'the format %s is the one of its folder',
  async (name, format) => {
    const module = new URL(`./${name}/format.ts`, import.meta.url).href;
    expect(Object.values((await import(module)) as object)).toEqual([format]);
  },
);

test.each(['en', 'zh'])('the page about sources names every ending in %s', async (language) => {
  const page = new URL(`../../../examples/handbook/docs/${language}/sources.md`, import.meta.url);
  const text = await readFile(page, 'utf8');
  for (const ending of formats.endings) expect(text).toContain(`\`.${ending}\``);
});

test('two formats have nothing in common', () => {
  const [first] = formats.rows;
  if (first === undefined) throw new Error('there is none');
  expect(() => formats.with(first)).toThrow(`two formats have "${first.name}"`);
  const other = { ...first, name: 'other', mediaTypes: ['text/other'] } as const;
  expect(() => formats.with(other)).toThrow(`two formats have "${first.endings[0]}"`);
  expect(() => formats.with({ ...other, endings: ['other'] })).not.toThrow();
  expect(() => formats.with({ ...first, name: 'other', endings: ['other'] })).toThrow(first.mediaTypes[0]);
});

test('a name without an ending, or with one that nobody knows, is of no format', () => {
  for (const path of ['README', 'notes.docx', 'archive.md/notes', '.', 'a.', 'constructor.constructor'])
    expect(formats.of(path)).toBeUndefined();
});
