import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { ArtifactStore } from './artifacts/artifact-store.ts';
import { FolderArtifactStore } from './artifacts/folder-store.ts';
import { makeFolder } from './make-folder.ts';
import { openRecords, type Records } from './records/open.ts';
import { openWorkspaces, type Workspaces } from './workspaces.ts';

/** What a project keeps: its records, its artifacts, and room for work that is not finished. */
export interface Store {
  readonly records: Records;
  readonly artifacts: ArtifactStore;
  readonly workspaces: Workspaces;
  close(): Promise<void>;
}

/**
 * Opens the store below a project's state folder (`<project>/.towpath`), makes it when it is not there, and removes
 * the temporary folders that dead processes left. Several processes may have it open.
 */
export async function openStore({ dir, clock }: { dir: string; clock: Clock }): Promise<Store> {
  // It holds the text of the documents: its owner's alone, whatever the umask is.
  makeFolder(dir, 0o700);
  for (const name of ['artifacts', 'tmp']) makeFolder(join(dir, name));
  const records = await openRecords({ path: join(dir, 'towpath.db'), clock });
  const workspaces = openWorkspaces(join(dir, 'tmp'));
  await workspaces.sweep();
  const artifacts = new FolderArtifactStore({
    dir: join(dir, 'artifacts'),
    damaged: join(dir, 'damaged'),
    workspaces,
  });
  return { records, artifacts, workspaces, close: () => records.close() };
}
