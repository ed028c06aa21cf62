import { expect, test } from 'vitest';
import { firstHeading } from './title.ts';

test.each([
  ['# One', 'One'],
  ['text\n\n  ## Two ##  ', 'Two'],
  ['# C#', 'C#'],
  ['# ##', '##'],
  ['#none\n# One # two', 'One # two'],
  ['#   \n# After an empty one', 'After an empty one'],
  ['```\n# in code\n```\n# One', 'One'],
  ['####### seven', undefined],
])('the first heading of %j', (markdown, heading) => {
  expect(firstHeading(markdown)).toBe(heading);
});

test('a heading with a long run of spaces or marks in it is read once', { timeout: 20_000 }, () => {
  const spaces = `a${' '.repeat(300_000)}b`;
  expect(firstHeading(`# ${spaces}`)).toBe(spaces);
  const marks = `a${' #'.repeat(150_000)} b`;
  expect(firstHeading(`# ${marks}`)).toBe(marks);
});
