import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';

const full = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const forbidden = new Set(['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM']);

/** The code of a system or SQLite error: `ENOSPC`, `SQLITE_BUSY`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

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
