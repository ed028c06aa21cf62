import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { lexiconOf } from './lexicon.ts';
import { analyse } from './question/analyse.ts';
import { read } from './reading/reader.ts';
import { createQaService } from './service.ts';
import { defaultQaSettings } from './settings.ts';
import { passage, shelf } from './testing/shelf.ts';

const word = fc.constantFrom(
  'Who', 'when', 'how many', 'Rennie', 'port', '7411', '1797', '`x`', '谁', '多少', '端口', '·', '约翰', '。', '. ', '\n',
  '| ', '```\n', '（', '\u0000', '\ud83d', '🚀', '١٢', 'İ', 'ﬁ', '　',
); // prettier-ignore
const text = fc
  .array(fc.oneof(word, fc.string({ unit: 'binary' })), { maxLength: 25 })
  .map((parts) => parts.join(' '));

it('finds spans and units only inside the passages, whatever is asked and written', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(text, { maxLength: 4 }),
      fc.constantFrom('en' as const, 'zh' as const),
      (asked, written, language) => {
        const passages = written.map((body) => passage(body));
        const found = passages.map((one, i) => ({ passage: one, score: 4 - i }));
        const { units, spans } = read(analyse(asked, language, lexiconOf(passages)), found);
        for (const { page, unit } of units) expect(page.text.slice(unit.start, unit.end)).toBe(unit.text);
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(span.in.unit.start);
          expect(span.end).toBeLessThanOrEqual(span.in.unit.end);
          expect(span.text).toBe(span.in.page.text.slice(span.start, span.end));
          expect(span.text.trim()).not.toBe('');
          expect(Number.isFinite(span.score)).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
});

it('answers or refuses any text, with citations that exist, the same each time', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { maxLength: 4 }), async (question, written) => {
      const passages = written.map((body, i) => passage(body, 'Heading', `${String(i)}.md`));
      const service = createQaService({
        retriever: shelf(passages),
        lexicon: lexiconOf(passages),
        settings: { ...defaultQaSettings, declineBelow: 0.1 },
        release: 'r1',
        clock: { now: () => 0, monotonic: () => 0 },
      });
      const ask = async (): Promise<unknown> =>
        await service
          .answer({ question }, { signal: new AbortController().signal })
          .catch((error: unknown) => error);
      const first = await ask();
      if (first instanceof TowpathError) {
        expect(first.code).toBe('TOW_SERVE_QA_QUESTION_EMPTY');
        return;
      }
      expect(await ask()).toEqual(first);
      const { declined, citations } = first as { declined: boolean; citations: { n: number }[] };
      expect(citations.map(({ n }) => n)).toEqual(citations.map((_, i) => i + 1));
      expect(citations.length === 0).toBe(declined);
    }),
    { numRuns: 100 },
  );
});
