import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headOf, ledgerProblem, nextPromotion, wholeRows } from './ledger.ts';
import type { NewPromotion, PromotionRecord } from './release-records.ts';

const promotion = fc.record({
  release: fc.constantFrom('r1', 'r2', 'r3'),
  action: fc.constantFrom('promote' as const, 'rollback' as const),
  actor: fc.string(),
  reason: fc.string(),
});

function ledgerOf(promotions: readonly NewPromotion[]): PromotionRecord[] {
  const rows: PromotionRecord[] = [];
  for (const each of promotions) rows.push(nextPromotion(rows.at(-1), each, 100 + rows.length));
  return rows;
}

const ledger = fc.array(promotion, { minLength: 1, maxLength: 6 }).map(ledgerOf);
const field = fc.constantFrom('seq', 'release', 'action', 'actor', 'reason', 'at', 'prev', 'hash');
const broken = (rows: readonly PromotionRecord[], head = headOf(rows)) => ledgerProblem({ rows, head });

describe('a ledger', () => {
  test('that was written row by row is whole, and numbers its rows from one', () => {
    fc.assert(
      fc.property(ledger, (rows) => {
        expect(rows.map(({ seq, at }) => at - seq)).toEqual(rows.map(() => 99));
        expect(wholeRows(rows)).toBe(rows.length);
        expect(broken(rows)).toBeUndefined();
      }),
    );
    expect(broken([])).toBeUndefined();
  });

  test('shows a change of any field of any row at that row', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), field, (rows, place, name) => {
        const at = place % rows.length;
        const changed = rows.map((row, each) =>
          each !== at
            ? row
            : { ...row, [name]: typeof row[name as 'at'] === 'number' ? -1 : `${row.actor} eve` },
        );
        expect(wholeRows(changed)).toBe(at);
        expect(broken(changed)).toMatchObject({
          code: 'TOW_STORE_LEDGER_BROKEN',
          data: { seq: changed[at]?.seq, expected: at + 1 },
        });
      }),
    );
  });

  test('shows rows that changed places, were doubled or left out', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (rows, place) => {
        const at = place % rows.length;
        const [before, row, after] = [rows.slice(0, at), rows.slice(at, at + 1), rows.slice(at + 1)];
        expect(wholeRows([...before, ...row, ...row, ...after])).toBe(at + 1);
        if (after.length > 0) expect(wholeRows([...before, ...after])).toBe(at);
        if (after.length > 0) expect(wholeRows([...before, ...after, ...row])).toBe(at);
      }),
    );
  });

  test('shows that rows were taken off its end, or its head', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (rows, place) => {
        const left = rows.slice(0, place % rows.length);
        expect(broken(left, headOf(rows))).toMatchObject({
          data: { count: left.length, expected: rows.length },
        });
        expect(ledgerProblem({ rows, head: undefined })).toMatchObject({ data: { count: rows.length } });
        for (const head of [
          { ...headOf(rows), count: rows.length + 1 },
          { ...headOf(rows), hash: 'x' },
        ])
          expect(broken(rows, head)?.code).toBe('TOW_STORE_LEDGER_BROKEN');
      }),
    );
  });
});
