import { lstatSync, statSync } from 'node:fs';
import { whatInstead } from '../../core/file-kind.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { codeOf } from '../../core/environment-error.ts';

/** A database with what SQLite keeps beside it. */
export function databaseFiles(path: string): string[] {
  return [path, `${path}-wal`, `${path}-shm`];
}

/**
 * Refuses what is no file where one of them belongs: SQLite would write into a device, and say of the others no more than
 * that it cannot open them.
 *
 * @throws TOW_STORE_DATABASE_CORRUPT
 */
export function refuseOtherThanFiles(path: string): void {
  for (const file of databaseFiles(path)) {
    const why = notAFile(file);
    if (why === undefined) continue;
    throw new TowpathError(
      'TOW_STORE_DATABASE_CORRUPT',
      say('store.database-damaged-why', { path: file, why }),
      {
        where: file,
      },
    );
  }
}

function notAFile(path: string): Message | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  // Looked at once: another process may take away at any time what SQLite keeps beside its file.
  if (found?.isSymbolicLink() !== true)
    return found === undefined || found.isFile() ? undefined : whatInstead(found);
  try {
    const stats = statSync(path);
    return stats.isFile() ? undefined : whatInstead(stats);
  } catch (error) {
    return say(codeOf(error) === 'ELOOP' ? 'outside.circle' : 'outside.dangling');
  }
}
