import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../core/messages/message.ts';
import { asEnvironmentError } from '../../core/environment-error.ts';
import { makeFolder } from '../../store/make-folder.ts';

/**
 * Writes pages into a folder, by their names. Each takes the place of whatever has its name: a link that a change to the
 * project brought is replaced, not written through, and whoever reads one while it is drawn again finds it whole.
 *
 * @throws TOW_STORE_DISK_FULL | TOW_STORE_NOT_WRITABLE | TOW_STORE_NOT_A_FOLDER
 */
export async function writePages(folder: string, pages: Readonly<Record<string, string>>): Promise<void> {
  makeFolder(folder);
  for (const [name, text] of Object.entries(pages)) {
    const half = join(folder, `${name}.${randomBytes(6).toString('hex')}`);
    try {
      await writeFile(half, text, { flag: 'wx' });
      await rename(half, join(folder, name));
    } catch (error) {
      await rm(half, { force: true });
      throw asEnvironmentError(error, say('store.writing', { path: join(folder, name) }));
    }
  }
}
