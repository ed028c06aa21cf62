import { digestJson, type Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { NewPromotion, PromotionAction, PromotionRecord } from './release-records.ts';
import type { Database } from './schema.ts';

/** What the first row of the ledger names as the row before it. */
const origin = '0'.repeat(64);

/** How many rows the ledger has and the hash of the last: kept apart, so that rows taken off its end show. */
export interface LedgerHead {
  readonly count: number;
  readonly hash: string;
}

export interface Ledger {
  /** Oldest first. */
  readonly rows: readonly PromotionRecord[];
  /** Undefined when it was removed. */
  readonly head: LedgerHead | undefined;
}

/** The row that comes after `before`. */
export function nextPromotion(
  before: PromotionRecord | undefined,
  promotion: NewPromotion,
  at: number,
): PromotionRecord {
  const { release, action, actor, reason } = promotion;
  const open = { release, action, actor, reason, at };
  const row = { seq: (before?.seq ?? 0) + 1, ...open, prev: before?.hash ?? origin };
  return { ...row, hash: hashOf(row) };
}

export function headOf(rows: readonly PromotionRecord[]): LedgerHead {
  return { count: rows.length, hash: rows.at(-1)?.hash ?? origin };
}

/** How many rows, from the first on, follow one another as they were written. */
export function wholeRows(rows: readonly PromotionRecord[]): number {
  let prev = origin;
  for (const [at, row] of rows.entries()) {
    if (row.seq !== at + 1 || row.prev !== prev || row.hash !== hashOf(row)) return at;
    prev = row.hash;
  }
  return rows.length;
}

/** What is wrong with a ledger; undefined when it is whole. */
export function ledgerProblem({ rows, head }: Ledger): TowpathError | undefined {
  const whole = wholeRows(rows);
  const wrong = rows[whole];
  if (wrong) {
    const data = { seq: wrong.seq, expected: whole + 1 };
    return broken(say('store.ledger-order', { seq: wrong.seq }), data);
  }
  const { count, hash } = headOf(rows);
  if (head === undefined) return broken(say('store.ledger-headless'), { count });
  if (head.count === count && head.hash === hash) return undefined;
  const data = { count, expected: head.count };
  return broken(say('store.ledger-count', { count, named: head.count }), data);
}

export function broken(what: Message, data: Readonly<Record<string, unknown>>): TowpathError {
  return new TowpathError('TOW_STORE_LEDGER_BROKEN', say('store.ledger-broken', { what }), { data });
}

/** Rows and head as they were at one moment: two statements could see a promotion between them. */
export async function readLedger(db: Database): Promise<Ledger> {
  const found = await db
    .selectFrom('ledger_head')
    .fullJoin('promotions', (join) => join.onTrue())
    .select(['seq', 'release', 'action', 'actor', 'reason', 'at', 'prev', 'promotions.hash as hash'])
    .select(['count', 'ledger_head.hash as head'])
    .orderBy('seq')
    .execute();
  const [first] = found;
  const rows = found.flatMap(({ seq, release, action, actor, reason, at, prev, hash }): PromotionRecord[] => {
    if (seq === null || release === null || actor === null || reason === null) return [];
    if (at === null || prev === null || hash === null) return [];
    return [
      {
        ...{ seq, at, action: action as PromotionAction },
        ...{ release, actor, reason, prev, hash },
      },
    ];
  });
  if (!first || first.count === null || first.head === null) return { rows, head: undefined };
  return { rows, head: { count: first.count, hash: first.head } };
}

function hashOf({ seq, release, action, actor, reason, at, prev }: Omit<PromotionRecord, 'hash'>): Digest {
  return digestJson({ seq, release, action, actor, reason, at, prev });
}
