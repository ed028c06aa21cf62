import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { databaseFiles } from '../../store/records/database-file.ts';
import { openRecords } from '../../store/records/open.ts';
import { moveTogetherAside, putTogetherBack } from '../../store/set-aside.ts';

interface AsideOptions {
  /** The state folder. */
  readonly dir: string;
  readonly clock: Clock;
  /** Sets aside one that is whole, too. */
  readonly all: boolean;
}

/**
 * Does the work with the database set aside if it is damaged, or whatever it is when `all`; with it what SQLite keeps
 * beside one that is gone. When the work fails it is put back in the place of what was made instead: without it, one that
 * was whole would be lost to whoever runs the next command.
 */
export async function withDatabaseAside<T>(
  { dir, clock, all }: AsideOptions,
  work: (aside: readonly string[]) => Promise<T>,
): Promise<T> {
  const files = databaseFiles(join(dir, 'towpath.db'));
  const stays = !all && !(await isDamaged(files[0] ?? '', clock));
  const aside = stays ? undefined : await moveTogetherAside(files, join(dir, 'damaged', 'database'));
  try {
    return await work(aside === undefined ? [] : [aside]);
  } catch (error) {
    if (aside !== undefined) await putTogetherBack(files, aside);
    throw error;
  }
}

/** Whether it is there and damaged, or gone without what belongs to it. */
async function isDamaged(path: string, clock: Clock): Promise<boolean> {
  if ((await lstat(path).catch(() => undefined)) === undefined) return true;
  try {
    const records = await openRecords({ path, clock });
    await records.checkDatabase().finally(() => records.close());
    return false;
  } catch (error) {
    if (error instanceof TowpathError && error.code === 'TOW_STORE_DATABASE_CORRUPT') return true;
    throw error;
  }
}
