import { chmod, open, stat, utimes } from 'node:fs/promises';
import Libsql from 'libsql';
import type { TestProject } from './project.ts';

/** Does something to the records of a project as a person with a SQLite shell does. */
export function tamper(project: TestProject, ...statements: readonly string[]): void {
  const raw = new Libsql(project.path('.towpath/towpath.db'));
  raw.exec('pragma busy_timeout = 5000');
  raw.exec('pragma foreign_keys = off');
  for (const statement of statements) raw.exec(statement);
  raw.prepare('pragma wal_checkpoint(truncate)').all();
  raw.close();
}

/** Changes one byte in the middle, behind the back of size and time. */
export async function flipByte(path: string): Promise<void> {
  const { size, atime, mtime, mode } = await stat(path);
  await chmod(path, 0o644);
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, size >> 1);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await file.write(byte, 0, 1, size >> 1);
  await file.close();
  await chmod(path, mode);
  await utimes(path, atime, mtime);
}
