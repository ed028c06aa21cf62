import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import {
  identifyProcess,
  livenessOf,
  type Liveness,
  type ProcessIdentity,
} from '../core/process-identity.ts';
import { say } from '../core/messages/message.ts';
import { asEnvironmentError, codeOf } from '../core/environment-error.ts';
import { makeFolder } from '../store/make-folder.ts';

/**
 * Tells which engines of a project live. Where process ids do not reach - two containers of one machine - a lock does:
 * the kernel holds it for as long as the engine lives, and lets it go however that ends. Across machines it tells
 * nothing, because not every shared folder carries locks.
 */
export class EngineLocks {
  readonly #dir: string;
  #held: { readonly database: Libsql.Database; readonly path: string; users: number } | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Holds this process's lock until the function it returns is called, as often as `hold` was. */
  hold(): () => void {
    this.#held ??= { ...this.#take(identifyProcess() ?? String(process.pid)), users: 0 };
    const held = this.#held;
    held.users += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      held.users -= 1;
      if (held.users > 0) return;
      this.#held = undefined;
      held.database.close();
      removeLock(held.path);
    };
  }

  /** @param at a time at which it was alive */
  livenessOf(engine: ProcessIdentity, at: number): Liveness {
    const seen = livenessOf(engine, at);
    const [, , boot] = engine.split('-');
    const sameKernel = boot !== '0' && boot === identifyProcess()?.split('-')[2];
    if (seen !== 'unknown' || !sameKernel) return seen;
    const path = this.#path(engine);
    if (!/^[0-9a-f-]+$/.test(engine) || !existsSync(path)) return 'unknown';
    let database: Libsql.Database | undefined;
    try {
      database = new Libsql(path);
      database.exec('pragma busy_timeout = 0');
      database.exec('begin exclusive');
      return 'dead';
    } catch (error) {
      return codeOf(error)?.startsWith('SQLITE_BUSY') === true ? 'alive' : 'unknown';
    } finally {
      database?.close();
    }
  }

  /** Removes what a dead engine left. */
  forget(engine: ProcessIdentity): void {
    removeLock(this.#path(engine));
  }

  #take(own: ProcessIdentity): { database: Libsql.Database; path: string } {
    makeFolder(this.#dir);
    const path = this.#path(own);
    let database: Libsql.Database | undefined;
    try {
      database = new Libsql(path);
      database.exec('begin exclusive');
      return { database, path };
    } catch (error) {
      // Tried again as often as a run is: none of them stays open, or lies about.
      database?.close();
      removeLock(path);
      throw asEnvironmentError(error, say('store.locking', { path }));
    }
  }

  #path(engine: ProcessIdentity): string {
    return join(this.#dir, `${engine}.lock`);
  }
}

/** With its journal: an engine that was killed could not take it away. */
function removeLock(path: string): void {
  for (const file of [path, `${path}-journal`]) rmSync(file, { force: true });
}
