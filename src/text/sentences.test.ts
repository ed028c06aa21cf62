import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentences } from './sentences.ts';

const split = (text: string) => sentences(text).map((span) => span.text);

test('English sentences end at their stops, not at abbreviations, initials or decimals', () => {
  expect(split('Dr. Who met J. Smith. It took 3.5 s, e.g. on a laptop. Done!')).toEqual([
    'Dr. Who met J. Smith.',
    'It took 3.5 s, e.g. on a laptop.',
    'Done!',
  ]);
});

test('Chinese sentences end at full-width stops and keep closing quotes', () => {
  expect(split('他说：“可以。”然后离开了。为什么？')).toEqual(['他说：“可以。”', '然后离开了。', '为什么？']);
});

test('list items, headings and blank lines end a sentence', () => {
  expect(split('Steps:\n- build\n- run\n\nNext part')).toEqual(['Steps:', '- build', '- run', 'Next part']);
});

test('spans lie in order inside the text and lose nothing but white space', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '。', '.', ' ', '\n', '？', 'Dr', '- ', '"', '中'), { maxLength: 60 }),
      (parts) => {
        const text = parts.join('');
        const spans = sentences(text);
        for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text);
        expect(
          spans
            .map((span) => span.text)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});

test('a long run of stops, of line ends or of spaces is read once', { timeout: 20_000 }, () => {
  const many = 300_000;
  expect(split(`${'.'.repeat(many)}a`)).toHaveLength(1);
  expect(split(`a${' \n'.repeat(many)}- b`)).toEqual(['a', '- b']);
  expect(split(`${' '.repeat(many)}a. b`)).toEqual(['a.', 'b']);
});
