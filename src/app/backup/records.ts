import { constants } from 'node:fs';
import { copyFile, lstat, rm } from 'node:fs/promises';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { openUnrecorded, type Store } from '../../store/open.ts';

/** What a backup is made of: a store, or of one whose records cannot be opened what is left, and why. */
export type BackupSource = Store | (Pick<Store, 'artifacts'> & { readonly damage: TowpathError });

/** The opened store, or what can be saved of it when its records are damaged or lost. */
export async function backupSource(opened: Promise<Store>, stateDir: string): Promise<BackupSource> {
  try {
    return await opened;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { ...(await openUnrecorded(stateDir)), damage: error };
  }
}

/** Copies the database, as it is at this moment, to a path where nothing is; gives what is wrong when it cannot be read. */
export async function copyDatabase(source: BackupSource, to: string): Promise<TowpathError | undefined> {
  if ('damage' in source) return source.damage;
  try {
    await source.records.copyTo(to);
    return undefined;
  } catch (error) {
    await rm(to, { force: true });
    if (isDamage(error)) return error;
    throw error;
  }
}

/** Copies the files of a database that is damaged as they are; the database last, so that it is never without its log. */
export async function copyFiles(from: string, to: string): Promise<void> {
  for (const end of ['-wal', '']) {
    const isFile = await lstat(`${from}${end}`).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isFile) await copyFile(`${from}${end}`, `${to}${end}`, constants.COPYFILE_FICLONE);
  }
}

export async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

function isDamage(error: unknown): error is TowpathError {
  return (
    error instanceof TowpathError &&
    ['TOW_STORE_DATABASE_CORRUPT', 'TOW_STORE_RECORDS_LOST'].includes(error.code)
  );
}
