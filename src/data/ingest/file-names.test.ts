import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../testing/step-context.ts';
import { ingest } from '../testing/ingest.ts';

const text = '# Keeper\n\nThe keeper of the lock lives beside it.\n';
const odd = (folder: string, ...bytes: number[]): Buffer =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(bytes)]);
const md = [...Buffer.from('.md')];

test('a name that is no UTF-8 is rejected for what it is, and so is all below such a folder', async () => {
  const projectDir = await folderWith({ 'good.md': text });
  writeFileSync(odd(projectDir, 0x63, 0xe9, ...md), text);
  writeFileSync(odd(projectDir, 0x63, 0xe8, ...md), text);
  writeFileSync(odd(projectDir, 0xc3, 0xa9, 0xff, ...md), text);
  const folder = odd(projectDir, 0xff);
  mkdirSync(folder);
  mkdirSync(Buffer.concat([folder, Buffer.from('/deep')]));
  writeFileSync(Buffer.concat([folder, Buffer.from('/deep/below.md')]), text);
  symlinkSync('nowhere.md', join(projectDir, 'link.md'));
  const { documents, rejects } = await ingest({}, {}, { projectDir });
  expect(documents.map(({ source }) => source)).toEqual(['good.md']);
  expect(Object.fromEntries(rejects.map(({ source, code }) => [source, code]))).toEqual({
    'c\\xE9.md': 'TOW_DATA_FILE_NAME',
    'c\\xE8.md': 'TOW_DATA_FILE_NAME',
    'é\\xFF.md': 'TOW_DATA_FILE_NAME',
    '\\xFF/deep/below.md': 'TOW_DATA_FILE_NAME',
    'link.md': 'TOW_DATA_FILE_MISSING',
  });
});

test('a name that only looks like odd bytes, or holds the replacement character, is read', async () => {
  const projectDir = await folderWith({ 'c\\xE9.md': text, '\u{fffd}.md': `${text}\nTwice.\n` });
  const { documents, rejects } = await ingest({}, {}, { projectDir });
  expect(documents).toHaveLength(2);
  expect(rejects).toEqual([]);
});

test('a project folder with a backslash in its name is walked', async () => {
  const projectDir = join(await folderWith({}), 'a\\b');
  mkdirSync(join(projectDir, 'docs'), { recursive: true });
  writeFileSync(join(projectDir, 'good.md'), text);
  writeFileSync(join(projectDir, 'docs/better.md'), `${text}\nTwice.\n`);
  for (const files of [['**/*.md'], ['*.md', 'docs/*.md']]) {
    const { documents } = await ingest({}, { files }, { projectDir });
    expect(documents.map(({ source }) => source).sort()).toEqual(['docs/better.md', 'good.md']);
  }
});
