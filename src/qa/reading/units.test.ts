import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unitsOf } from './units.ts';

const page = `## Roll back

Run this command. It takes a second:

\`\`\`bash
towpath rollback
\`\`\`

- first step
- second step

| key | default |
| --- | --- |
| serve.port | 7411 |`;

it('cuts Markdown into sentences, items, rows and code, without headings of pages and tables', () => {
  expect(unitsOf(page).map(({ kind, text }) => [kind, text])).toEqual([
    ['sentence', 'Run this command.'],
    ['sentence', 'It takes a second:'],
    ['code', 'towpath rollback'],
    ['item', 'first step'],
    ['item', 'second step'],
    ['row', '| serve.port | 7411 |'],
  ]);
});

it('cuts Chinese at its own full stops', () => {
  expect(unitsOf('网关监听端口。端口可改！').map(({ text }) => text)).toEqual([
    '网关监听端口。',
    '端口可改！',
  ]);
});

it('knows the columns of a row and the language of code', () => {
  expect(unitsOf(page).at(-1)?.columns).toEqual(['key', 'default']);
  expect(unitsOf(page).find(({ kind }) => kind === 'code')?.language).toBe('bash');
});

it('does not end a sentence inside a quotation', () => {
  expect(unitsOf('像“那在另一台机器上呢？”这样的追问无法回答。请写完整。').map(({ text }) => text)).toEqual([
    '像“那在另一台机器上呢？”这样的追问无法回答。',
    '请写完整。',
  ]);
});

it('does not end an English sentence at a quoted question', () => {
  expect(
    unitsOf('A follow-up such as "and there?" is not understood. Ask in full.').map(({ text }) => text),
  ).toEqual(['A follow-up such as "and there?" is not understood.', 'Ask in full.']);
});

it('keeps every unit verbatim, in order and apart, whatever the text', () => {
  const piece = fc.constantFrom(
    '# ',
    '```',
    '\n',
    '|',
    '- ',
    '1. ',
    '。',
    '. ',
    'word',
    '词',
    '\u0000',
    '\ud800',
    '🚀',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const unit of unitsOf(text)) {
        expect(text.slice(unit.start, unit.end)).toBe(unit.text);
        expect(unit.start).toBeGreaterThanOrEqual(last);
        last = unit.end;
      }
    }),
  );
});
