import { expect, test } from 'vitest';
import { render } from '../core/messages/message.ts';
import { parseYaml } from './parse.ts';

const problems = (text: string) =>
  parseYaml(Buffer.from(text)).problems.map(({ message }) => render(message, 'en'));

test('a pattern without quotes, which YAML takes for an alias, is told to be put in quotes', () => {
  expect(problems('files: [*.md]\n')).toEqual([expect.stringContaining('is put in quotes: "*.md"')]);
  expect(problems('files: [**/*.md]\n')).toEqual([expect.stringContaining('is put in quotes: "**/*.md"')]);
});

test('where the bytes are no text, that alone is told', () => {
  expect(problems('project: a\n\0\0b\nx: [\n')).toEqual(['the file holds a NUL byte']);
});
