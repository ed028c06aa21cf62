import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkProject } from './load.ts';
import { wordsOf } from './problem.ts';
import type { Section } from './section.ts';
import { toyFile, toySections } from './testing/toy-sections.ts';

const pinned: Section<'packages', string[]> = {
  key: 'packages',
  schema: z.array(z.string().regex(/^[\w.-]+==[\w.]+$/, { error: 'pin it as name==version' })).default([]),
};

const problemsOf = async (text: string) =>
  (await checkProject(Buffer.from(text), '/', [...toySections, pinned])).problems;

test('no one is shown a regular expression', async () => {
  const problems = await problemsOf(`${toyFile}packages: ["a>=1", 7]\n`);
  expect(problems).toHaveLength(2);
  expect(problems[0]?.message).toBe('pin it as name==version');
  expect(JSON.stringify(problems)).not.toMatch(/like|\^|==\[/);
});

test('a list of keys is joined as the language joins lists', async () => {
  const [problem] = await problemsOf(`${toyFile}colour: red\n`);
  if (problem === undefined) throw new Error('one problem');
  expect(wordsOf(problem, 'en').accepted).toBe('project, sources, serve, models, packages');
  expect(wordsOf(problem, 'zh').accepted).toBe('project、sources、serve、models、packages');
});
