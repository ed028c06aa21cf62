import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { SaidError } from './errors/towpath-error.ts';
import { say } from './messages/message.ts';

/** What stands where Towpath keeps a file of its own is a FIFO, a folder or a device. */
export class NotAFile extends SaidError {
  constructor(path: string) {
    super(say('outside.not-a-file', { path }));
    this.name = 'NotAFile';
  }
}

/**
 * Opens a file that Towpath wrote itself, for reading. Never waits: a FIFO in its place would hold the thread up for
 * ever, and no signal would end that.
 *
 * @throws NotAFile, or the system's error
 */
export async function openOwnFile(path: string, flags = 0): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants as Partial<typeof constants> & { O_RDONLY: number };
  const file = await open(path, O_RDONLY | O_NONBLOCK | flags);
  try {
    if (!(await file.stat()).isFile()) throw new NotAFile(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** All of its text. @throws NotAFile, or the system's error */
export async function readOwnFile(path: string): Promise<string> {
  const file = await openOwnFile(path);
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
