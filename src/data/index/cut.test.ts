import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutDocument, cutText } from './cut.ts';
import { measure } from './measure.ts';
import { passageSettings } from './section.ts';

const settings = (over: Partial<ReturnType<typeof passageSettings.parse>> = {}) =>
  passageSettings.parse(over);
const small = settings({ max_characters: 100, min_characters: 20 });

describe('cutting a document', () => {
  it('carries the headings above each passage and cuts at every heading', () => {
    const text = '# A\n\nOne.\n\n## B\n\nTwo.\n\n### C\n\nThree.\n\n## D\n\nFour.\n';
    expect(cutText(text, 'markdown', settings()).map(({ heading, text }) => [heading, text])).toEqual([
      ['A', 'One.'],
      ['A > B', 'Two.'],
      ['A > B > C', 'Three.'],
      ['A > D', 'Four.'],
    ]);
  });

  it('carries an underlined heading, with its white space made plain', () => {
    const cuts = cutText('One  two\n---\nThree.\n', 'markdown', settings());
    expect(cuts.map(({ heading, text }) => [heading, text])).toEqual([['One two', 'Three.']]);
  });

  it('keeps a heading with nothing under it as text of its own', () => {
    const cuts = cutText('# A\n\nOne.\n\n## Empty\n', 'markdown', settings());
    expect(cuts.at(-1)).toMatchObject({ heading: 'A > Empty', text: '## Empty' });
  });

  it('merges small neighbours under one heading', () => {
    const cuts = cutText('# A\n\nOne.\n\nTwo.\n\n- three\n- four\n', 'markdown', settings());
    expect(cuts).toHaveLength(1);
    expect(cuts[0]?.text).toBe('One.\n\nTwo.\n\n- three\n- four');
  });

  it('never cuts a sentence, in English or Chinese', () => {
    const english = 'The lock opens when both levels agree and not before. '.repeat(12);
    const chinese = '只有两侧水位一致时，船闸才会打开，绝不会提前。'.repeat(12);
    for (const text of [english, chinese]) {
      const cuts = cutText(text, 'markdown', small);
      expect(cuts.length).toBeGreaterThan(5);
      for (const cut of cuts) expect(cut.text).toMatch(/[.。]$/u);
    }
  });

  it('counts a Chinese character as two', () => {
    expect(measure('水位 ab')).toBe(7);
  });

  it('keeps a code block whole, and splits one over the limit at lines', () => {
    const code = (lines: number) => `\`\`\`sh\n${'towpath run --json\n'.repeat(lines)}\`\`\``;
    const whole = cutText(`Before it.\n\n${code(3)}\n\nAfter it.`, 'markdown', small);
    expect(whole.some((cut) => cut.text.includes(code(3)))).toBe(true);
    for (const cut of cutText(code(20), 'markdown', small)) {
      for (const line of cut.text.split('\n')) expect(['```sh', 'towpath run --json', '```']).toContain(line);
    }
  });

  it('repeats the header of a table that it has to split', () => {
    const table = `| key | meaning |\n| --- | --- |\n${Array.from({ length: 12 }, (_, n) => `| k${String(n)} | what it means |`).join('\n')}`;
    const cuts = cutText(table, 'markdown', small);
    expect(cuts.length).toBeGreaterThan(2);
    for (const cut of cuts) expect(cut.text).toMatch(/^\| key \| meaning \|\n\| --- \| --- \|\n\| k\d+/);
  });

  it('keeps a lead-in with the list that it introduces', () => {
    const text = `${'A sentence of filling text here. '.repeat(2)}\n\nIt takes these:\n\n- the first thing\n- the second thing\n`;
    const cuts = cutText(text, 'markdown', small);
    expect(cuts.at(-1)?.text).toBe('It takes these:\n\n- the first thing\n- the second thing');
  });

  it('leaves no tiny last passage when the one before can give to it', () => {
    const text = `${'One sentence of thirty letters. '.repeat(3)}The end.`;
    const cuts = cutText(text, 'markdown', small);
    expect(cuts).toHaveLength(2);
    for (const cut of cuts) expect(measure(cut.text)).toBeGreaterThanOrEqual(20);
  });

  it('repeats whole sentences as overlap when asked to', () => {
    const text = Array.from({ length: 10 }, (_, n) => `Sentence number ${String(n)} stands here.`).join(' ');
    const cuts = cutText(text, 'markdown', settings({ max_characters: 100, min_characters: 0, overlap: 40 }));
    for (const [index, cut] of cuts.slice(1).entries()) {
      const opening = cut.text.slice(0, cut.text.indexOf('.') + 1);
      expect(cuts[index]?.text.endsWith(opening)).toBe(true);
    }
  });

  it('takes text files literally: a hash is no heading and indentation no code', () => {
    const cuts = cutText(
      '# not a heading\nstill the same paragraph\n\n    indented prose',
      'plain',
      settings(),
    );
    expect(cuts).toHaveLength(1);
    expect(cuts[0]?.heading).toBe('');
  });

  it('gives a document without headings its title, and ids that differ between documents', () => {
    const document = {
      source: 'a.txt',
      title: 'Locks',
      language: 'en',
      text: 'One.',
      split: 'train',
      layout: 'plain',
    } as const;
    const [a] = cutDocument({ ...document, id: 'a' }, settings());
    const [b] = cutDocument({ ...document, id: 'b' }, settings());
    expect(a?.heading).toBe('Locks');
    expect(a?.id).not.toBe(b?.id);
  });

  it('cuts nothing from an empty document', () => {
    expect(cutText(' \n\n ', 'markdown', settings())).toEqual([]);
  });
});

const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '# Top',
    '## Part',
    '### Detail',
    '---',
    '```',
    '| a | b |',
    '| --- | --- |',
    '| 1 | 2 |',
  ),
  fc.constantFrom(
    '- item one',
    '  1. nested',
    '> quoted words',
    '    indented',
    '只有一致时才会打开。',
    'Plain words here.',
  ),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('水', '位', '，', '。', 'a', ' ', '.', '😀'), maxLength: 260 }),
);
const documents = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));
const anySettings = fc.record({
  max_characters: fc.integer({ min: 100, max: 400 }),
  min_characters: fc.integer({ min: 0, max: 50 }),
  overlap: fc.constantFrom(0, 0, 30, 50),
});

describe.each(['markdown', 'plain'] as const)('cutting any %s text', (format) => {
  it('loses no letter or digit: each stands in a passage or in a heading above one', () => {
    fc.assert(
      fc.property(documents, anySettings, (text, limits) => {
        const cuts = cutText(text, format, limits);
        const covered = new Uint8Array(text.length);
        for (const cut of cuts) covered.fill(1, cut.start, cut.end);
        let rest = '';
        for (let at = 0; at < text.length; at += 1) rest += covered[at] === 1 ? '\n' : (text[at] ?? '');
        for (const left of rest.split('\n')) {
          if (!/[\p{L}\p{N}]/u.test(left)) continue;
          // A heading is carried with its white space made plain.
          const words = left.trim().replace(/\s+/g, ' ');
          const carried = cuts.some((cut) => cut.heading.includes(words));
          if (!carried) expect(left).toMatch(/^\s*#{1,6}\s/u);
        }
      }),
    );
  });

  it('keeps the order, holds the limit and makes no empty passage', () => {
    fc.assert(
      fc.property(documents, anySettings, (text, limits) => {
        let last = -1;
        let end = 0;
        for (const cut of cutText(text, format, limits)) {
          expect(cut.start).toBeGreaterThan(last);
          if (limits.overlap === 0) expect(cut.start).toBeGreaterThanOrEqual(end);
          expect(cut.end).toBeGreaterThan(end);
          expect(measure(cut.text)).toBeLessThanOrEqual(limits.max_characters);
          expect(cut.text.trim()).not.toBe('');
          ({ start: last, end } = cut);
        }
      }),
    );
  });
});

describe('cutting deep and long text', () => {
  const covered = (text: string, format: 'markdown' | 'plain') =>
    cutText(text, format, settings()).reduce((sum, cut) => sum + cut.end - cut.start, 0);

  it('reads a line of two thousand nested bullets, quotations or numbers', { timeout: 20_000 }, () => {
    for (const mark of ['- ', '> ', '>', '1. ', '> - '])
      expect(cutText(`${mark.repeat(2000)}deep`, 'markdown', settings()).at(-1)?.text).toMatch(/deep$/);
  });

  it('reads lists nested by a thousand lines', { timeout: 20_000 }, () => {
    const text = Array.from({ length: 1000 }, (_, at) => `${'  '.repeat(at)}- item ${String(at)}`).join('\n');
    expect(cutText(text, 'markdown', settings()).at(-1)?.text).toMatch(/item 999$/);
  });

  it('reads megabytes without a blank line, on one line or on many', { timeout: 120_000 }, () => {
    const lines = (megabytes: number) =>
      'The lock opens when both levels agree.\n'.repeat(megabytes * 25_641);
    const line = '运河船只沿着纤道行驶闸门'.repeat(100_000);
    // A pattern over the whole paragraph ran out of stack at twelve.
    expect(covered(lines(12), 'plain')).toBeGreaterThan(11_000_000);
    expect(covered(lines(1), 'markdown')).toBeGreaterThan(900_000);
    for (const format of ['markdown', 'plain'] as const) expect(covered(line, format)).toBe(line.length);
  });

  it.each([
    ['emphasis', '*a_ '],
    ['links', '[a]'],
    ['headings', '# a\n'],
    ['underlines', '=\n'],
    ['quotations', '> a\n\n'],
  ])('reads long runs of %s', { timeout: 60_000 }, (_, unit) => {
    expect(cutText(`${unit.repeat(16_384 / unit.length)}end`, 'markdown', settings()).length).toBeGreaterThan(
      0,
    );
  });

  it('reads a table of fifty thousand columns', { timeout: 60_000 }, () => {
    const columns = (cell: string) => `${`|${cell}`.repeat(50_000)}|`;
    const table = [columns('a'), columns('-'), columns('b')].join('\n');
    expect(cutText(table, 'markdown', settings()).length).toBeGreaterThan(100);
  });

  it('keeps structure that goes over many of the parser’s windows', () => {
    const code = `\`\`\`sh\n${'# no heading\n\n'.repeat(1500)}\`\`\``;
    const list = Array.from({ length: 800 }, (_, at) => `- item ${String(at)}`).join('\n');
    const rows = Array.from({ length: 800 }, (_, at) => `| k${String(at)} | v |`).join('\n');
    const text = `# A\n\n${code}\n\n## B\n\n${list}\n\n## C\n\n| a | b |\n| - | - |\n${rows}\n\n## D\n\nEnd.`;
    const cuts = cutText(text, 'markdown', settings());
    expect([...new Set(cuts.map((cut) => cut.heading))]).toEqual(['A', 'A > B', 'A > C', 'A > D']);
    for (const cut of cuts.filter(({ heading }) => heading === 'A > C'))
      expect(cut.text).toMatch(/^\| a \| b \|/);
  });

  it('reads a heading’s references where the text defines them', () => {
    const cuts = cutText('# See [it][x], not [y]\n\nText.\n\n[x]: /there\n', 'markdown', settings());
    expect(cuts[0]?.heading).toBe('See it, not [y]');
  });
});
