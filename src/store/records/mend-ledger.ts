import { headOf, ledgerProblem, nextPromotion, wholeRows, type Ledger } from './ledger.ts';
import type { NewPromotion, PromotionRecord } from './release-records.ts';

export interface MendedLedger {
  /**
   * `whole`: nothing was wrong. `restored`: taken from the copies. `cut`: neither was whole; what follows one another
   * stayed, and the ledger says itself that the rest was set aside. `rebuilt`: begun anew from the releases.
   */
  readonly how: 'whole' | 'restored' | 'cut' | 'rebuilt';
  readonly rows: readonly PromotionRecord[];
  /** Rows of the database that are not among `rows`, to be kept aside. */
  readonly left: readonly PromotionRecord[];
  /** Whether the copies say something else than `rows` and are to be kept aside too. */
  readonly copiesDiffer: boolean;
}

/**
 * The ledger that stands after a repair: of the one in the database and the one kept beside the artifacts, the longer
 * that is whole. What a rebuilt ledger cannot hold is never dropped without a word in it.
 */
export function mendLedger(
  ledger: Ledger,
  copies: readonly PromotionRecord[],
  note: (cut: number) => NewPromotion | undefined,
  at: number,
): MendedLedger {
  const { rows } = ledger;
  const whole = ledgerProblem(ledger) === undefined;
  const copiesWhole = wholeRows(copies) === copies.length;
  if (whole && (copies.length <= rows.length || !copiesWhole)) {
    return { how: 'whole', rows, left: [], copiesDiffer: !copiesWhole || !isStart(copies, rows) };
  }
  // A table whose head names more than it holds has lost its end, which copies that are no longer cannot give back.
  const enough = copies.length >= Math.max(rows.length, ledger.head?.count ?? 0);
  if (copiesWhole && enough && copies.length > 0) {
    const left = isStart(rows, copies) ? [] : rows;
    return { how: 'restored', rows: copies, left, copiesDiffer: false };
  }
  const [start, other] = [rows, copies].map((each) => each.slice(0, wholeRows(each)));
  const best = (other?.length ?? 0) > (start?.length ?? 0) ? (other ?? []) : (start ?? []);
  const lost = Math.max(rows.length, copies.length, ledger.head?.count ?? 0) - best.length;
  const told = note(lost);
  const cut = told === undefined ? best : [...best, nextPromotion(best.at(-1), told, at)];
  return { how: 'cut', rows: cut, left: rows, copiesDiffer: true };
}

/** Whether `rows` are the first of `all`, which is whole: one that was changed may still bear the hash of what it was. */
function isStart(rows: readonly PromotionRecord[], all: readonly PromotionRecord[]): boolean {
  if (wholeRows(rows) < rows.length) return false;
  return rows.length === 0 || headOf(all.slice(0, rows.length)).hash === headOf(rows).hash;
}
