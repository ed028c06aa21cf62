import type { Selectable } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { broken, headOf, ledgerProblem, nextPromotion, readLedger, type Ledger } from './ledger.ts';
import { numberOf, type RecordCopies } from './record-copies.ts';
import type {
  NewPromotion,
  PromotionAction,
  PromotionRecord,
  ReleaseRecord,
  ReleaseRecords,
} from './release-records.ts';
import { releaseOf, releaseRow } from './release-rows.ts';
import { sameRelease } from './same-record.ts';
import type { Database, PromotionsTable, ReleasesTable } from './schema.ts';

export class ReleaseRepository implements ReleaseRecords {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #copies: RecordCopies | undefined;

  /** @param copies where each release and promotion is kept a second time, after it was committed */
  constructor(db: Database, clock: Clock, copies?: RecordCopies) {
    this.#db = db;
    this.#clock = clock;
    this.#copies = copies;
  }

  async create(
    release: Parameters<ReleaseRecords['create']>[0],
  ): Promise<ReleaseRecord & { created: boolean }> {
    const made = await this.#db.transaction().execute(async (tx) => {
      const existing = await byManifest(tx, release.manifest);
      if (existing) return { ...existing, created: false };
      const last = await tx
        .selectFrom('releases')
        .select(({ fn }) => fn.max('number').as('number'))
        .executeTakeFirst();
      const number = (last?.number ?? 0) + 1;
      const row = releaseRow({ ...release, name: `r${String(number)}`, createdAt: this.#clock.now() });
      await tx.insertInto('releases').values(row).execute();
      return { ...releaseOf(row), created: true };
    });
    if (made.created) await this.#copies?.keepRelease(made);
    return made;
  }

  async get(name: string): Promise<ReleaseRecord> {
    return await byName(this.#db, name);
  }

  async byManifest(manifest: Digest): Promise<ReleaseRecord | undefined> {
    return await byManifest(this.#db, manifest);
  }

  async list(limit = 100): Promise<ReleaseRecord[]> {
    const rows = await this.#db
      .selectFrom('releases')
      .selectAll()
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
    return rows.map(releaseOf);
  }

  async promote(promotion: NewPromotion): Promise<PromotionRecord> {
    const kept = await this.#copies?.lastPromotion();
    const made = await this.#db.transaction().execute(async (tx) => {
      await byName(tx, promotion.release);
      const { rows } = await wholeLedger(tx, kept);
      const row = nextPromotion(rows.at(-1), promotion, this.#clock.now());
      await tx.insertInto('promotions').values(row).execute();
      await tx
        .updateTable('ledger_head')
        .set(headOf([...rows, row]))
        .execute();
      return row;
    });
    await this.#copies?.keepPromotion(made);
    return made;
  }

  async live(): Promise<ReleaseRecord | undefined> {
    const last = await this.#db
      .selectFrom('promotions')
      .select('release')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last && (await byName(this.#db, last.release));
  }

  async promotions(): Promise<PromotionRecord[]> {
    const rows = await this.#db.selectFrom('promotions').selectAll().orderBy('seq').execute();
    return rows.map(toPromotion);
  }

  async trusted(): Promise<ReleaseRecord | undefined> {
    // From the very rows that were verified: they may be changed before they could be read a second time.
    const { rows } = await wholeLedger(this.#db, await this.#copies?.lastPromotion());
    const last = rows.at(-1);
    const live = last && (await byName(this.#db, last.release));
    const kept = live && (await this.#copies?.release(live.name));
    if (live && kept && !sameRelease(live, kept)) throw releaseChanged(live.name);
    return live;
  }

  async giveUp(name: string, by: string): Promise<ReleaseRecord> {
    const at = this.#clock.now();
    const release = await this.#db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('releases')
        .set({ given_up_at: at, given_up_by: by })
        .where('name', '=', name)
        .where('given_up_at', 'is', null)
        .executeTakeFirst();
      const what = `gave up ${name}`;
      if (numUpdatedRows > 0n) await tx.insertInto('repairs').values({ at, actor: by, what }).execute();
      return await byName(tx, name);
    });
    await this.#copies?.keepRelease(release);
    return release;
  }

  async verifyLedger(): Promise<void> {
    await wholeLedger(this.#db, await this.#copies?.lastPromotion());
  }

  async changed(): Promise<readonly string[]> {
    // The copies first: each is written after its commit.
    const { kept = [] } = (await this.#copies?.releases()) ?? {};
    const rows = await this.#db.selectFrom('releases').selectAll().execute();
    const byName = new Map(rows.map((row) => [row.name, row]));
    return kept.map(({ name }) => name).filter((name, at) => !isKept(byName.get(name), kept[at]));
  }

  async verify(): Promise<void> {
    await this.verifyLedger();
    const [first] = await this.changed();
    if (first !== undefined) throw releaseChanged(first);
  }
}

/**
 * The ledger, when it is whole and holds what was kept of it beside the artifacts (`kept`, read before).
 *
 * @throws TOW_STORE_LEDGER_BROKEN
 */
async function wholeLedger(db: Database, kept: PromotionRecord | undefined): Promise<Ledger> {
  const ledger = await readLedger(db);
  const problem = ledgerProblem(ledger);
  if (problem) throw problem;
  if (kept !== undefined && ledger.rows[kept.seq - 1]?.hash !== kept.hash) {
    const count = ledger.rows.length;
    const what =
      kept.seq > count
        ? say('store.ledger-short', { count, made: kept.seq })
        : say('store.ledger-other', { seq: kept.seq });
    throw broken(what, { seq: kept.seq, count });
  }
  return ledger;
}

async function byName(db: Database, name: string): Promise<ReleaseRecord> {
  const row = await db.selectFrom('releases').selectAll().where('name', '=', name).executeTakeFirst();
  if (row) return releaseOf(row);
  const known = await db.selectFrom('releases').select('name').orderBy('number', 'desc').limit(5).execute();
  throw new TowpathError(
    'TOW_STORE_RELEASE_UNKNOWN',
    say('store.release-unknown', { name: JSON.stringify(name) }),
    { hint: whichThereAre(known.map((release) => release.name)) },
  );
}

function whichThereAre(releases: readonly string[]): Message {
  const [only, ...others] = releases;
  if (only === undefined) return say('store.make-release');
  return others.length === 0
    ? say('store.only-release', { release: only })
    : say('store.newest-are', { releases });
}

async function byManifest(db: Database, manifest: Digest): Promise<ReleaseRecord | undefined> {
  const row = await db.selectFrom('releases').selectAll().where('manifest', '=', manifest).executeTakeFirst();
  return row && releaseOf(row);
}

function isKept(row: Selectable<ReleasesTable> | undefined, kept: ReleaseRecord | undefined): boolean {
  if (row === undefined || kept === undefined) return false;
  return row.number === numberOf(row.name) && sameRelease(releaseOf(row), kept);
}

/** A release whose row and copy differ: one of them was changed. */
export function releaseChanged(release: string): TowpathError {
  const what = say('verify.release', { release });
  return new TowpathError('TOW_STORE_COPY_DAMAGED', say('verify.copy-differs', { what }), {
    data: { release },
  });
}

function toPromotion(row: Selectable<PromotionsTable>): PromotionRecord {
  const { release, actor, reason, prev, hash } = row;
  return {
    ...{ seq: row.seq, at: row.at, action: row.action as PromotionAction },
    ...{ release, actor, reason, prev, hash },
  };
}
