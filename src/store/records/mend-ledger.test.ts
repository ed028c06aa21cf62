import { expect, test } from 'vitest';
import { headOf, ledgerProblem, nextPromotion } from './ledger.ts';
import { mendLedger } from './mend-ledger.ts';
import type { PromotionRecord } from './release-records.ts';

function chain(...releases: string[]): PromotionRecord[] {
  const rows: PromotionRecord[] = [];
  for (const release of releases) {
    rows.push(
      nextPromotion(rows.at(-1), { release, action: 'promote', actor: 'ann', reason: 'x' }, rows.length),
    );
  }
  return rows;
}

const note = (cut: number) =>
  ({ release: 'r1', action: 'promote', actor: 'ann', reason: `${String(cut)} set aside` }) as const;
const four = chain('r1', 'r2', 'r3', 'r1');
const changed = four.map((row) => (row.seq === 2 ? { ...row, actor: 'eve' } : row));
const mend = (rows: PromotionRecord[], copies: PromotionRecord[], head = headOf(four)) =>
  mendLedger({ rows, head }, copies, note, 9);

test('what is whole stays as it is, also where the copies are fewer or damaged', () => {
  for (const copies of [four, four.slice(0, 2), []]) {
    expect(mend(four, copies)).toEqual({ how: 'whole', rows: four, left: [], copiesDiffer: false });
  }
  expect(mend(four, changed)).toEqual({ how: 'whole', rows: four, left: [], copiesDiffer: true });
});

test('a changed or shortened ledger is taken from the copies, and what did not fit is left over', () => {
  expect(mend(changed, four)).toEqual({ how: 'restored', rows: four, left: changed, copiesDiffer: false });
  expect(mend(four.slice(0, 3), four)).toMatchObject({ how: 'restored', rows: four, left: [] });
  expect(mend([], four, headOf([]))).toMatchObject({ how: 'restored', rows: four, left: [] });
  expect(mendLedger({ rows: four, head: undefined }, four, note, 9)).toMatchObject({
    how: 'restored',
    left: [],
  });
});

test('where neither is whole, the longest start stays and says that the rest was set aside', () => {
  const mended = mend(changed, four.slice(0, 1));
  expect(mended).toMatchObject({ how: 'cut', left: changed, copiesDiffer: true });
  expect(mended.rows.map(({ release, reason }) => [release, reason])).toEqual([
    ['r1', 'x'],
    ['r1', '3 set aside'],
  ]);
  expect(ledgerProblem({ rows: mended.rows, head: headOf(mended.rows) })).toBeUndefined();
  expect(mend(four.slice(0, 3), four.slice(0, 2)).rows).toHaveLength(4);
});
