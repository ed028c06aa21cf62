import { statSync } from 'node:fs';
import Libsql from 'libsql';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  type SqliteDialectConfig,
} from 'kysely';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { asEnvironmentError, codeOf } from '../../core/environment-error.ts';
import { refuseOtherThanFiles } from './database-file.ts';

export interface SqliteOptions {
  readonly path: string;
  /** How long a statement waits for another process's lock, in milliseconds. @default 10 000 */
  readonly busyTimeout?: number;
}

/**
 * kysely's SQLite dialect over libsql (which speaks better-sqlite3's interface), with our pragmas, our errors, and
 * transactions that take the write lock at once: a transaction that reads first and writes later would otherwise be
 * refused with SQLITE_BUSY, without any wait, when another process wrote in between.
 */
export function sqliteDialect(options: SqliteOptions): SqliteDialect {
  const config = { database: () => Promise.resolve(connect(options)) };
  return new TranslatingDialect(config, options.path);
}

function connect(options: SqliteOptions): SqliteDatabase {
  let database = open(options);
  /**
   * A statement that found the database locked stays in progress until the garbage collector takes it, and until then
   * no transaction of its connection can be committed: nothing is lost with that connection, as it got no lock.
   */
  const unlessBusy = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (codeOf(error)?.startsWith('SQLITE_BUSY') === true) {
        const fresh = open(options);
        database.close();
        database = fresh;
      }
      throw error;
    }
  };
  return {
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.reader,
        all: (parameters) => unlessBusy(() => statement.all(parameters)),
        run: (parameters) => unlessBusy(() => statement.run(parameters)),
        iterate: (parameters) => statement.iterate(parameters),
      };
    },
    close() {
      writeBack(database);
      database.close();
    },
  };
}

function open({ path, busyTimeout = 10_000 }: SqliteOptions): Libsql.Database {
  refuseOtherThanFiles(path);
  const fresh = statSync(path, { throwIfNoEntry: false }) === undefined;
  const failed = translator(
    path,
    say(fresh ? 'store.creating-database' : 'store.opening-database', { path }),
  );
  let opened: Libsql.Database | undefined;
  try {
    const database = (opened = new Libsql(path));
    // First of all: even the WAL pragma answers SQLITE_BUSY without it.
    database.exec(`pragma busy_timeout = ${String(busyTimeout)}`);
    database.exec('pragma journal_mode = wal');
    // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power goes, and a lost promotion would
    // bring back another release than the one people saw live. It costs one fsync (0.2 to 0.5 ms) a transaction.
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    // Every commit that leaves more than this many pages in the log writes them back, as far as readers allow; the
    // file then shrinks again, which it would not by itself after a reader that had held it back.
    database.exec('pragma wal_autocheckpoint = 1000');
    database.exec(`pragma journal_size_limit = ${String(4 << 20)}`);
    return database;
  } catch (error) {
    opened?.close();
    throw failed(error);
  }
}

/**
 * Brings everything into the database file and empties the log, so that a copy of that file is whole: libsql's own
 * close leaves both as they are. Another process that reads or writes just now prevents it, and does it at its own end.
 */
function writeBack(database: Libsql.Database): void {
  try {
    database.exec('pragma busy_timeout = 1000');
    database.prepare('pragma wal_checkpoint(truncate)').all();
  } catch {
    // A full or read-only disk: what was committed is safe in the log.
  }
}

class TranslatingDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #path: string;

  constructor(config: SqliteDialectConfig, path: string) {
    super(config);
    this.#config = config;
    this.#path = path;
  }

  override createDriver(): Driver {
    return new TranslatingDriver(this.#config, this.#path);
  }
}

class TranslatingDriver extends SqliteDriver {
  readonly #failed: (error: unknown) => unknown;

  constructor(config: SqliteDialectConfig, path: string) {
    super(config);
    this.#failed = translator(path, say('store.using-database', { path }));
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new TranslatingConnection(await super.acquireConnection(), this.#failed);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite roll back by itself; what is to be told then is the disk, not that nothing was left to do. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  }
}

class TranslatingConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #failed: (error: unknown) => unknown;

  constructor(inner: DatabaseConnection, failed: (error: unknown) => unknown) {
    this.#inner = inner;
    this.#failed = failed;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.#inner.executeQuery<R>(query);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, size?: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.#inner.streamQuery<R>(query, size);
    } catch (error) {
      throw this.#failed(error);
    }
  }
}

/** What SQLite says where tables, columns or indexes are not those that our migrations made. */
const otherSchema =
  /no such (?:table|column|index)|no column named|already exists|duplicate column|does not match any primary key/i;

function translator(path: string, doing: Message): (error: unknown) => unknown {
  return (error) => {
    const environment = asEnvironmentError(error, doing);
    if (environment instanceof TowpathError) return environment;
    const code = codeOf(error) ?? '';
    if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
      return new TowpathError('TOW_STORE_DATABASE_CORRUPT', say('store.database-damaged', { path }), {
        cause: error,
      });
    }
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
      return new TowpathError('TOW_STORE_DATABASE_BUSY', say('store.database-locked', { path }), {
        cause: error,
      });
    }
    const why = error instanceof Error ? error.message : String(error);
    if (code === 'SQLITE_ERROR' && otherSchema.test(why)) {
      return new TowpathError(
        'TOW_STORE_DATABASE_CORRUPT',
        say('store.database-damaged-why', { path, why }),
        {
          cause: error,
        },
      );
    }
    if (/unable to open|ConnectionFailed/i.test(why)) {
      return new TowpathError('TOW_STORE_NOT_WRITABLE', say('store.database-unopened', { path }), {
        cause: error,
      });
    }
    return new TowpathError('TOW_STORE_DATABASE_FAILED', say('store.database-failed', { path, why }), {
      cause: error,
    });
  };
}
