import { TowpathError } from './errors/towpath-error.ts';
import { say, type Message } from './messages/message.ts';

/** `SHMSIZE`: the database's index in memory found no space for its file; SQLite names no other cause. */
const full = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);
const forbidden = new Set(['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM']);

/** The code of a system or SQLite error: `ENOSPC`, `SQLITE_BUSY`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  const extended = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code)?.[1];
  return extended === undefined ? code : (primaryCodes.get(Number(extended) % 256) ?? code);
}

/** SQLite's result codes, by number: libsql has no names for most of the extended ones, whose low byte is one of these. */
const primaryCodes = new Map([
  [3, 'SQLITE_PERM'],
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [11, 'SQLITE_CORRUPT'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [26, 'SQLITE_NOTADB'],
]);

/** As native libraries word it, which give no code. */
const fullInWords = /no space left on device|disk quota exceeded|database or disk is full|os error 28\b/i;

/** What the machine lacks, when that is why something failed: a full disk, missing rights. Other errors pass through. */
export function asEnvironmentError(error: unknown, doing: Message): unknown {
  if (error instanceof TowpathError) return error;
  const code = codeOf(error) ?? '';
  if (full.has(code) || (error instanceof Error && fullInWords.test(error.message)))
    return new TowpathError('TOW_STORE_DISK_FULL', say('store.disk-full', { doing }), { cause: error });
  if (forbidden.has(code.split('_').slice(0, 2).join('_')) || forbidden.has(code)) {
    return new TowpathError('TOW_STORE_NOT_WRITABLE', say('store.not-allowed', { doing }), { cause: error });
  }
  return error;
}

/** Lets a full disk be, where whoever only reads can do without what was to be written, and whoever writes is told. */
export function unlessDiskFull(error: unknown): undefined {
  const code = codeOf(error) ?? '';
  if (code === 'TOW_STORE_DISK_FULL' || full.has(code)) return undefined;
  throw error;
}
