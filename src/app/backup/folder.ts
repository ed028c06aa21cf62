import { cp, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { makeFolder } from '../../store/make-folder.ts';
import type { Store } from '../../store/open.ts';
import { openRecords } from '../../store/records/open.ts';
import { RecordCopies } from '../../store/records/record-copies.ts';
import { isThere, type BackupSource } from './records.ts';

/**
 * Makes the folder of a backup, or refuses one where something would be lost: it holds something else than a backup, or one with
 * runs or releases that these records do not know, of another project or of another time of this one.
 *
 * @throws TOW_STORE_BACKUP_REFUSED, TOW_STORE_NOT_A_FOLDER, TOW_STORE_NOT_WRITABLE, TOW_STORE_DATABASE_NEWER
 */
export async function takeFolder(stateDir: string, target: string, source: BackupSource): Promise<void> {
  const inside = relative(stateDir, target);
  if (inside === '' || !inside.startsWith('..')) throw refusedFolder(target, say('store.backup-inside'));
  const names = await readdir(target).catch(() => []);
  const strange = names.find((name) => !/^(?:artifacts|towpath\.db(?:\.half|-wal)?)$/.test(name));
  if (strange !== undefined) throw refusedFolder(target, say('store.backup-strange', { name: strange }));
  makeFolder(join(target, 'artifacts'), 0o700, say('store.name-a-folder'));
  // Damaged records know nobody; they take the place of no database that is there.
  if ('damage' in source) return;
  const other = (await otherRelease(target, source)) ?? (await otherRun(target, source));
  if (other !== undefined) throw refusedFolder(target, say('store.backup-other', { name: other }));
}

export function refusedFolder(path: string, why: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_STORE_BACKUP_REFUSED', say('store.backup-refused', { path, why }), {
    ...{ where: path, cause },
  });
}

async function otherRelease(
  target: string,
  { records, artifacts, workspaces }: Store,
): Promise<string | undefined> {
  const copies = new RecordCopies({ dir: join(target, 'artifacts', 'records'), artifacts, workspaces });
  const own = await records.releases.list(1_000_000);
  const ours = new Map(own.map(({ name, manifest, createdAt }) => [name, { manifest, createdAt }]));
  const { kept } = await copies.releases();
  return kept.find(({ name, manifest, createdAt }) => {
    const our = ours.get(name);
    return our?.manifest !== manifest || our.createdAt !== createdAt;
  })?.name;
}

async function otherRun(target: string, { records, workspaces }: Store): Promise<string | undefined> {
  // Opening a database may bring it up to date, and whosever it is, it must stay as it is: its copy is looked at.
  const workspace = await workspaces.create();
  const path = join(workspace, 'towpath.db');
  try {
    if (!(await isThere(join(target, 'towpath.db')))) return undefined;
    await cp(join(target, 'towpath.db'), path);
    const theirs = await openRecords({ path, clock: systemClock });
    try {
      const ours = new Set(await records.runs.find('', 1_000_000));
      return (await theirs.runs.find('', 1_000_000)).find((run) => !ours.has(run));
    } finally {
      await theirs.close();
    }
  } catch (error) {
    if (!(error instanceof TowpathError) || error.code !== 'TOW_STORE_DATABASE_CORRUPT') throw error;
    throw refusedFolder(target, say('store.backup-damaged'), error);
  } finally {
    await workspaces.remove(workspace);
  }
}
