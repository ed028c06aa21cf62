import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalise } from './normalise.ts';

test.each([
  ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['composition', 'cafe\u0301', 'café'],
  ['invisible characters', '\ufeffze\u200bro\u00adw\u202eidth\u200d!', 'zerowidth!'],
  ['control characters', 'a\x00b\x07c\x1b[1m', 'abc[1m'],
  ['spaces of other widths', 'a\u00a0b\u2009c', 'a b c'],
  ['trailing space and blank lines', 'a  \n\n\n\nb\u3000\n', 'a\n\nb'],
  ['full-width forms kept', '\u3000\u3000ＡＢＣ，（１）', 'ＡＢＣ，（１）'],
  ['emoji with joiners kept', '👩‍💻 x', '👩‍💻 x'],
])('%s', (_, before, after) => {
  expect(normalise(before)).toBe(after);
});

test('fenced code keeps its trailing space and blank lines', () => {
  const code = '```sh\na  \n\n\n\nb\n```';
  expect(normalise(`x  \r\n\r\n\r\n\r\n${code}\n\n\n\ny`)).toBe(`x\n\n${code}\n\ny`);
});

test('normalising twice changes nothing more', () => {
  const unit = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r',
    '\t',
    '`',
    '~',
    '\u200b',
    '\u200d',
    '\u3000',
    '文',
    '\u0301',
    '\u00a0',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      expect(normalise(normalise(text))).toBe(normalise(text));
    }),
    { numRuns: 1000 },
  );
});

test('a long run of spaces inside a line stays and is read once', { timeout: 20_000 }, () => {
  const line = `a${' '.repeat(300_000)}b`;
  expect(normalise(line)).toBe(line);
  expect(normalise(`\n \n  ${line}\n\`\`\`\n${line}  \n\`\`\`\n `)).toBe(
    `  ${line}\n\`\`\`\n${line}  \n\`\`\``,
  );
});
