import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Digest } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Text } from '../../core/messages/message.ts';
import { makeFolder } from '../make-folder.ts';
import type { CurveRecords } from './curve-records.ts';
import { CurveRepository } from './curve-repository.ts';
import type { LineageRecords } from './lineage-records.ts';
import { LineageRepository } from './lineage-repository.ts';
import { migrate } from './migrate.ts';
import { runsMigration } from './migrations/0001-runs.ts';
import { releasesMigration } from './migrations/0002-releases.ts';
import { curvesMigration } from './migrations/0003-curves.ts';
import { ledgerHeadMigration } from './migrations/0004-ledger-head.ts';
import { reasonTextsMigration } from './migrations/0005-reason-texts.ts';
import { givenUpMigration } from './migrations/0006-given-up.ts';
import type { RecordCopies } from './record-copies.ts';
import type { ReleaseRecords } from './release-records.ts';
import { ReleaseRepository } from './release-repository.ts';
import { RestoreRepository, type RestoreRecords } from './restore-repository.ts';
import type { ResultCommit, ResultRecords, StepResult } from './result-records.ts';
import { ResultRepository } from './result-repository.ts';
import type { RunRecords } from './run-records.ts';
import { RunRepository } from './run-repository.ts';
import { sameResult } from './same-record.ts';
import type { Schema } from './schema.ts';
import { schemaLacks } from './schema-shape.ts';
import { sqliteDialect } from './sqlite.ts';

/** Everything the project remembers. Safe in several processes at once. */
export interface Records {
  readonly runs: RunRecords;
  readonly results: ResultRecords;
  readonly lineage: LineageRecords;
  readonly releases: ReleaseRecords;
  readonly curves: CurveRecords;
  readonly restore: RestoreRecords;
  /** Writes a copy of the database to a path where nothing is, as it is at this moment, whoever writes to it. */
  copyTo(path: string): Promise<void>;
  /** Reads the whole database. @throws TOW_STORE_DATABASE_CORRUPT */
  checkDatabase(): Promise<void>;
  /** Reads the whole database and the ledger. @throws TOW_STORE_DATABASE_CORRUPT | TOW_STORE_LEDGER_BROKEN */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface RecordsOptions {
  /** The database file; made, with its folder, when it is not there. */
  readonly path: string;
  readonly clock: Clock;
  /** Milliseconds to wait for another process's lock. @default 10 000 */
  readonly busyTimeout?: number;
  /** Where releases, promotions and results are kept a second time. @default nowhere */
  readonly copies?: RecordCopies;
}

const migrations = [
  runsMigration,
  releasesMigration,
  curvesMigration,
  ledgerHeadMigration,
  reasonTextsMigration,
  givenUpMigration,
];

/**
 * Opens the project's database and brings its schema up to date.
 *
 * @throws TOW_STORE_DATABASE_NEWER | TOW_STORE_DATABASE_CORRUPT | TOW_STORE_NOT_WRITABLE | TOW_STORE_NOT_A_FOLDER
 */
export async function openRecords({ path, clock, busyTimeout, copies }: RecordsOptions): Promise<Records> {
  makeFolder(dirname(path));
  const dialect = sqliteDialect({ path, ...(busyTimeout !== undefined && { busyTimeout }) });
  const db = new Kysely<Schema>({ dialect });
  try {
    const untyped = db as unknown as Kysely<unknown>;
    await migrate(untyped, migrations, clock);
    const parts = await schemaLacks(untyped, migrations, clock);
    if (parts.length > 0) throw damaged(path, say('store.database-lacks', { parts: parts.slice(0, 5) }));
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw error;
  }
  const releases = new ReleaseRepository(db, clock, copies);
  const checkDatabase = async (): Promise<void> => {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(5)`.execute(db);
    const problems = rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    if (problems.length > 0) throw damaged(path, problems.join('; '));
  };
  return {
    runs: new RunRepository(db),
    results: copies ? new KeptResultRepository(db, copies) : new ResultRepository(db),
    lineage: new LineageRepository(db),
    releases,
    curves: new CurveRepository(db),
    restore: new RestoreRepository(db),
    async copyTo(copy) {
      await sql`vacuum into ${copy}`.execute(db);
    },
    checkDatabase,
    async check() {
      await checkDatabase();
      await releases.verify();
    },
    close: () => db.destroy(),
  };
}

function damaged(path: string, why: Text): TowpathError {
  return new TowpathError('TOW_STORE_DATABASE_CORRUPT', say('store.database-damaged-why', { path, why }));
}

/** Keeps every result a second time once it is committed. */
class KeptResultRepository extends ResultRepository {
  readonly #copies: RecordCopies;

  constructor(db: Kysely<Schema>, copies: RecordCopies) {
    super(db);
    this.#copies = copies;
  }

  override async commit(commit: ResultCommit): Promise<void> {
    // First: whatever a process dies in, a copy that is there says what the database says.
    await this.#copies.dropResult(commit.result.key);
    await super.commit(commit);
    await this.#copies.keepResult(commit);
  }

  override async get(key: Digest): Promise<StepResult | 'damaged' | undefined> {
    const found = await super.get(key);
    if (found === undefined || found === 'damaged') return found;
    const kept = await this.#copies.result(key);
    return kept === undefined || sameResult(found, kept.result) ? found : 'damaged';
  }
}
