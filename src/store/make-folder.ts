import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { asEnvironmentError, codeOf } from './environment-error.ts';

/**
 * Makes a folder with those above it; one that is there is fine.
 *
 * @throws TOW_STORE_NOT_A_FOLDER when a file or a link to nowhere has its name, or that of one above it
 * @throws TOW_STORE_NOT_WRITABLE | TOW_STORE_DISK_FULL
 */
export function makeFolder(path: string, mode?: number): void {
  try {
    mkdirSync(path, { recursive: true, ...(mode !== undefined && { mode }) });
  } catch (error) {
    throw whyNot(error, path);
  }
}

/** Node.js says EEXIST of a file in the way, ENOENT of a read-only place and of a link to nowhere. */
function whyNot(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (!['EEXIST', 'ENOTDIR', 'ENOENT', 'ELOOP'].includes(code ?? ''))
    return asEnvironmentError(error, say('store.making-folder', { path }));
  const found = nearest(path);
  if (!isFolder(found)) {
    const what = say(lstatSync(found).isSymbolicLink() ? 'store.a-link' : 'store.a-file');
    return new TowpathError('TOW_STORE_NOT_A_FOLDER', say('store.not-a-folder', { path: found, what }), {
      where: found,
      cause: error,
    });
  }
  try {
    accessSync(found, constants.W_OK);
    return error;
  } catch (cause) {
    return asEnvironmentError(cause, say('store.making-folder-in', { path, found }));
  }
}

/** The path, or what is there of those above it. */
function nearest(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    if (isThere(at) || at === dirname(at)) return at;
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
