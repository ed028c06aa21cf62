import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tooCostly } from './pattern-limits.ts';

test.each([
  'docs/**/*.md',
  'docs/{en,zh}/**/*.{md,txt,html}',
  'v{1..20}/*.md',
  '**/chapter-*-of-*.{md,markdown}',
  '{a,b,{c,d}}/[abc]?.txt',
  'odd {name.md',
])('%s is matched', (pattern) => {
  expect(tooCostly(pattern)).toBeUndefined();
});

test.each([
  `in/${'{a,b}'.repeat(25)}.md`,
  'in/{1..3000000}.md',
  `in/${'{a,'.repeat(12)}${'{b,c}'.repeat(12)}${'}'.repeat(12)}`,
  `in/${'*a'.repeat(20)}b.md`,
  `in/${'+(a|aa)'.repeat(5)}.md`,
  `${'**/a/'.repeat(9)}b.md`,
  'a'.repeat(2000),
])('%s would cost too much', (pattern) => {
  expect(tooCostly(pattern)).toBeDefined();
});

test('any text is judged at once', () => {
  const text = fc.string({
    unit: fc.constantFrom('{', '}', ',', '.', '1', 'a', '*', '\\', '/'),
    maxLength: 1000,
  });
  fc.assert(fc.property(text, (pattern) => void tooCostly(pattern)));
});
