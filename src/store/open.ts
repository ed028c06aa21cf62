import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { ArtifactStore } from './artifacts/artifact-store.ts';
import { FolderArtifactStore } from './artifacts/folder-store.ts';
import { completeCopies, refuseLost, refuseMissing } from './lost-records.ts';
import { unlessDiskFull } from '../core/environment-error.ts';
import { makeFolder } from './make-folder.ts';
import { openRecords, type Records } from './records/open.ts';
import { RecordCopies } from './records/record-copies.ts';
import { openWorkspaces, type Workspaces } from './workspaces.ts';

/** What a project keeps: its records, its artifacts, and room for work that is not finished. */
export interface Store {
  readonly records: Records;
  readonly artifacts: ArtifactStore;
  /** Releases, promotions and results once more, beside the artifacts. */
  readonly copies: RecordCopies;
  readonly workspaces: Workspaces;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly dir: string;
  readonly clock: Clock;
  /** Opens it whatever is lost, to repair it. @default false */
  readonly repairing?: boolean;
}

/**
 * Opens the store below a project's state folder (`<project>/.towpath`), makes it when it is not there, and removes
 * the temporary folders that dead processes left. Several processes may have it open.
 *
 * @throws TOW_STORE_RECORDS_LOST when its artifacts are there and their records are not
 */
export async function openStore({ dir, clock, repairing = false }: StoreOptions): Promise<Store> {
  const path = join(dir, 'towpath.db');
  const { artifacts, copies, workspaces } = await openUnrecorded(dir);
  if (!repairing) await refuseMissing({ path, artifacts, copies });
  const records = await openRecords({ path, clock, copies });
  try {
    if (!repairing) {
      await refuseLost({ path, artifacts, copies }, records);
      await completeCopies({ copies }, records, clock.now()).catch(unlessDiskFull);
    }
  } catch (error) {
    await records.close();
    throw error;
  }
  return { records, artifacts, copies, workspaces, close: () => records.close() };
}

/** The same without its database, which is not looked at: of one that is damaged, this much can be relied on. */
export async function openUnrecorded(
  dir: string,
): Promise<Pick<Store, 'artifacts' | 'copies' | 'workspaces'>> {
  // It holds the text of the documents: its owner's alone, whatever the umask is.
  makeFolder(dir, 0o700);
  for (const name of ['artifacts', 'tmp']) makeFolder(join(dir, name));
  const workspaces = openWorkspaces(join(dir, 'tmp'));
  await workspaces.sweep();
  const artifacts = new FolderArtifactStore({
    dir: join(dir, 'artifacts'),
    damaged: join(dir, 'damaged'),
    workspaces,
  });
  const copies = new RecordCopies({ dir: join(dir, 'artifacts', 'records'), artifacts, workspaces });
  return { artifacts, copies, workspaces };
}
