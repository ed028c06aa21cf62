import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, fold, padEnd, printable, truncate, wrap } from './width.ts';

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '中', '，', '😀', 'é', '\u001b[31m', '\u001b[0m', 'ｆ', '한'),
});

describe('width', () => {
  it('counts two columns for Chinese and emoji, none for colours and combining marks', () => {
    expect(displayWidth('a中文，😀')).toBe(9);
    expect(displayWidth('\u001b[31mred\u001b[0m')).toBe(3);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  it('counts a character as one wherever it stands in a long text', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const before of [0, 1, 250, 253, 255, 256, 257, 600])
      expect(displayWidth(`${'é'.repeat(before)}${family}e\u0301${'中'.repeat(300)}`)).toBe(
        before + 2 + 1 + 600,
      );
  });

  it('truncates to at most the columns given, and leaves alone what fits', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (value, columns) => {
        expect(displayWidth(truncate(value, columns))).toBeLessThanOrEqual(columns);
        if (displayWidth(value) <= columns) expect(truncate(value, columns)).toBe(value);
      }),
    );
  });

  it('pads to exactly the columns given', () => {
    expect(padEnd('中', 4)).toBe('中  ');
  });

  it('wraps English at spaces and Chinese anywhere, losing no word', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('回滚到上一个版本。', 10)).toEqual(['回滚到上一', '个版本。']);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '中', '，') }), (value) => {
        expect(wrap(value, 12).join('').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
      }),
    );
  });

  it('folds what is too wide between words, under its own indent, and leaves alone what fits', () => {
    expect(fold('short\n  one two three four', 13)).toEqual(['short', '  one two', '    three', '    four']);
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
        const lines = fold(`  ${words.join(' ')}`, 20);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(20);
        expect(lines.join(' ').trim().split(/ +/)).toEqual(words);
      }),
    );
  });

  it('takes out what steers a terminal', () => {
    expect(printable('a\u001b[2Jb\u0007\u202ec\td')).toBe('abc\td');
  });
});
