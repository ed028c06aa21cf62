import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseStyle } from './style.ts';
import { table, type Column } from './table.ts';
import { displayWidth } from './width.ts';

const plain = chooseStyle({ wanted: false, env: {}, isTerminal: false });
const coloured = chooseStyle({ wanted: true, env: {}, isTerminal: true });

interface Row {
  readonly name: string;
  readonly count: string;
  readonly text: string;
}
const columns: readonly Column<Row>[] = [
  { header: 'NAME', cell: ({ name }) => name },
  { header: 'COUNT', align: 'right', cell: ({ count }) => count },
  { header: 'TEXT', flexible: true, cell: ({ text }) => text },
];

describe('a table', () => {
  it('is as wide as what it holds, numbers to the right', () => {
    const rows = [
      { name: 'a', count: '7', text: 'short' },
      { name: 'longer', count: '12,345', text: '' },
    ];
    expect(table(columns, rows, plain, 100)).toEqual([
      'NAME     COUNT  TEXT',
      'a            7  short',
      'longer  12,345',
    ]);
  });

  it('without rows is its header', () => {
    expect(table(columns, [], plain, 100)).toEqual(['NAME  COUNT  TEXT']);
  });

  it('shortens what may be shortened, and nothing else, to fit the terminal', () => {
    const rows = [{ name: 'n'.repeat(20), count: '1', text: 'x'.repeat(100) }];
    const [, row = ''] = table(columns, rows, plain, 60);
    expect(displayWidth(row)).toBeLessThanOrEqual(60);
    expect(row).toContain('n'.repeat(20));
    expect(row).toMatch(/x…$/);
    // What names a thing is worth more than the width: a terminal that is too narrow breaks the line.
    const [, narrow = ''] = table(columns, rows, plain, 20);
    expect(narrow).toContain('n'.repeat(20));
    expect(narrow).toMatch(/ x{7}…$/);
  });

  it('keeps a cell of several lines on one', () => {
    const [, row] = table(columns, [{ name: 'a\nb', count: '1', text: 'one\n\n  two\n' }], plain, 100);
    expect(row).toBe('a b       1  one two');
  });

  it('is aligned as if its colours were not there, and ends a colour that it cuts', () => {
    const red = (text: string): string => coloured.red(text);
    const rows = [
      { name: red('a'), count: '1', text: red('x'.repeat(50)) },
      { name: 'bb', count: '2', text: 'y' },
    ];
    const [, first = '', second = ''] = table(columns, rows, coloured, 30);
    const bare = first.replaceAll(/\u001b\[\d+m/g, '');
    expect(bare.indexOf('x')).toBe(second.indexOf('y'));
    expect(displayWidth(first)).toBeLessThanOrEqual(30);
    expect(first).toMatch(/\u001b\[(?:0|39)m$/);
  });

  it('has one line for each row and fits, whatever the cells hold', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(fc.array(fc.record({ name: cell, count: cell, text }), { maxLength: 5 }), (rows) => {
        const clean = rows.map(({ name, count, text: long }) => ({
          ...{ name: name.replaceAll(/\p{C}/gu, ''), count: count.replaceAll(/\p{C}/gu, '') },
          text: long.replaceAll(/\p{C}/gu, ''),
        }));
        const lines = table(columns, clean, plain, 80);
        expect(lines).toHaveLength(1 + rows.length);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 50 },
    );
  });
});
