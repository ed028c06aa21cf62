import { constants } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { unlessAborted } from '../../core/deadline.ts';
import type { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { progressRecord } from '../../contract/progress.ts';
import { asEnvironmentError } from '../../core/environment-error.ts';
import { refusedFolder, takeFolder } from './folder.ts';
import { copyDatabase, copyFiles, isThere, type BackupSource } from './records.ts';
import { recordProblems } from '../record-problems.ts';
import type { BackupRecord, VerifyOptions } from '../records/upkeep.ts';

/**
 * Copies the records and the artifacts of a state folder into another folder, in the same form: a backup is restored by
 * copying it to `.towpath`. What is kept of the records beside the artifacts goes first, then the database as it is at one
 * moment, then the artifacts: each holds at least what the one before it names. Artifacts that are there already stay.
 * What is wrong with the records keeps nothing from being saved, and is told; yet a damaged database never takes the place
 * of one that an earlier backup holds.
 *
 * @throws TOW_STORE_BACKUP_REFUSED | TOW_STORE_NOT_A_FOLDER | TOW_STORE_DISK_FULL | TOW_STORE_NOT_WRITABLE
 */
export async function backupProject(
  source: BackupSource,
  stateDir: string,
  folder: string,
  { observer, signal }: VerifyOptions,
): Promise<BackupRecord> {
  const { artifacts } = source;
  const target = resolve(folder);
  await takeFolder(stateDir, target, source);
  const began = performance.now();
  let [count, bytes, unchanged] = [0, 0, 0];
  let damage: TowpathError | undefined;
  observer({ event: 'step-started', run: 'backup', step: 'backup' });
  try {
    const [database, kept] = [join(target, 'towpath.db'), join(target, 'artifacts', 'records')];
    for (const half of [`${database}.half`, `${kept}.half`]) await rm(half, { recursive: true, force: true });
    const copies = join(stateDir, 'artifacts', 'records');
    if (await isThere(copies)) await cp(copies, `${kept}.half`, copying);
    damage = await copyDatabase(source, `${database}.half`);
    if (damage !== undefined && (await isThere(database)))
      throw refusedFolder(target, say('store.backup-older'), damage);
    for await (const info of artifacts.list()) {
      signal.throwIfAborted();
      const place = join(info.digest.slice(0, 2), info.digest);
      if (await isThere(join(target, 'artifacts', place))) unchanged += 1;
      else
        await unlessAborted(
          signal,
          copyWhole(join(stateDir, 'artifacts', place), join(target, 'artifacts', place)),
        );
      count += 1;
      bytes += info.bytes;
      const note = say('verify.artifact', { number: count });
      const progress = progressRecord({ done: bytes, unit: 'bytes', note });
      observer({ event: 'step-progress', run: 'backup', step: 'backup', progress });
    }
    // Last: until everything that they name is there, the backup before this one stands.
    if (damage !== undefined) await copyFiles(join(stateDir, 'towpath.db'), database);
    else await rename(`${database}.half`, database);
    await rm(kept, { recursive: true, force: true });
    if (await isThere(`${kept}.half`)) await rename(`${kept}.half`, kept);
  } catch (error) {
    signal.throwIfAborted();
    throw asEnvironmentError(error, say('store.copying', { path: target }));
  }
  const ms = performance.now() - began;
  const facts = { artifacts: count };
  observer({ event: 'step-finished', run: 'backup', step: 'backup', outcome: 'done', ms, facts });
  const found = damage !== undefined || 'damage' in source ? [damage] : await recordProblems(source);
  const problems = found.flatMap((problem) => problem?.toRecord() ?? []);
  const base = { folder: target, artifacts: { count, bytes }, unchanged };
  return { ...base, ...(problems.length > 0 && { problems }) };
}

const copying = { recursive: true, preserveTimestamps: true, mode: constants.COPYFILE_FICLONE } as const;

/** One rename makes it appear, so that what is there is whole. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(join(to, '..'), { recursive: true });
  await rm(`${to}.half`, { recursive: true, force: true });
  await cp(from, `${to}.half`, copying);
  await rename(`${to}.half`, to);
}
