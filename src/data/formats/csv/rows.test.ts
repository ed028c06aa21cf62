import fc from 'fast-check';
import { expect, test } from 'vitest';
import { say } from '../../../core/messages/message.ts';
import { CsvRows, type CsvEvent } from './rows.ts';

function read(text: string): CsvEvent[] {
  const rows = new CsvRows(',', 1 << 20, 1);
  return [...text.split('\n').flatMap((line) => [...rows.push(line)]), ...rows.end()];
}

const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '文', ' '), maxLength: 12 });
const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;

test('whatever is quoted comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      (rows) => {
        const events = read(rows.map((row) => row.map(quoted).join(',')).join('\n'));
        expect(events.map((event) => 'fields' in event && event.fields)).toEqual(rows);
      },
    ),
  );
});

test('whatever is broken, every line is either part of a row or refused, once and in order', () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 20 }), (parts) => {
      const text = parts.join('');
      const covered = read(text).flatMap((event) =>
        'fields' in event
          ? Array.from({ length: event.last - event.first + 1 }, (_, n) => event.first + n)
          : [event.line],
      );
      const blank = text.split('\n').flatMap((line, at) => (line === '' || line === '""' ? [at + 1] : []));
      expect(covered).toEqual([...new Set(covered)].sort((a, b) => a - b));
      const missing = text
        .split('\n')
        .map((_, at) => at + 1)
        .filter((line) => !covered.includes(line));
      expect(missing.filter((line) => !blank.includes(line))).toEqual([]);
    }),
  );
});

test('an open quotation mark costs its own line and none after it', () => {
  expect(read('a,"b\nc,d\ne,f').map((event) => ('fields' in event ? event.fields : event.line))).toEqual([
    1,
    ['c', 'd'],
    ['e', 'f'],
  ]);
});

test(
  'a row over very many lines is read once, and so is what follows when it is refused',
  { timeout: 20_000 },
  () => {
    const many = 100_000;
    const events = read(`"x\n${'""\n'.repeat(many)}a,b`);
    expect(events).toEqual([
      { code: 'TOW_DATA_CSV_QUOTING', reason: say('reject.quote-open'), line: 1 },
      { fields: ['a', 'b'], first: many + 2, last: many + 2 },
    ]);
    const [row] = read(`"x\n${'""\n'.repeat(many)}",b`);
    expect(row).toMatchObject({ first: 1, last: many + 2, fields: [`x\n${'"\n'.repeat(many)}`, 'b'] });
  },
);

test('a row over the limit costs its first line only', () => {
  const rows = new CsvRows(',', 50, 1);
  const lines = ['a,"b', ...Array.from({ length: 20 }, (_, n) => `${String(n)},""`), 'c,d'];
  const events = [...lines.flatMap((line) => [...rows.push(line)]), ...rows.end()];
  expect(events.map((event) => ('fields' in event ? event.first : [event.line]))).toEqual([
    [1],
    ...Array.from({ length: 21 }, (_, n) => n + 2),
  ]);
});
