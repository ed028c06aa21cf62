import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { makeFolders } from '../core/make-folders.ts';
import { say, type Message } from '../core/messages/message.ts';
import { asEnvironmentError, codeOf } from '../core/environment-error.ts';

/**
 * Makes a folder with those above it; one that is there is fine.
 *
 * @param hint what to do when something else has its name; without it, that is taken for in the way of Towpath's own
 * @throws TOW_STORE_NOT_A_FOLDER when a file or a link to nowhere has its name, or that of one above it
 * @throws TOW_STORE_NOT_WRITABLE | TOW_STORE_DISK_FULL
 */
export function makeFolder(path: string, mode?: number, hint?: Message): void {
  try {
    makeFolders(path, mode);
  } catch (error) {
    throw whyNot(error, path, hint);
  }
}

/** The system says EEXIST of a file or a link to nowhere in the way, ENOENT of a place that takes no folders. */
function whyNot(error: unknown, path: string, hint?: Message): unknown {
  const code = codeOf(error);
  if (!['EEXIST', 'ENOTDIR', 'ENOENT', 'ELOOP'].includes(code ?? ''))
    return asEnvironmentError(error, say('store.making-folder', { path }));
  const inTheWay = notAFolder(path, { cause: error, ...(hint !== undefined && { hint }) });
  if (inTheWay !== undefined) return inTheWay;
  const found = nearest(path);
  const doing = say('store.making-folder-in', { path, found });
  try {
    accessSync(found, constants.W_OK);
  } catch (cause) {
    return asEnvironmentError(cause, doing);
  }
  // Whoever may write there may not make a folder there: /proc is such a place.
  return new TowpathError('TOW_STORE_NOT_WRITABLE', say('store.not-allowed', { doing }), {
    ...{ cause: error, ...(hint !== undefined && { hint }) },
  });
}

/** What has the name of a folder, or of one above it, and is none. */
export function notAFolder(
  path: string,
  details: { readonly hint?: Message; readonly cause?: unknown } = {},
): TowpathError | undefined {
  const found = nearest(path);
  if (isFolder(found)) return undefined;
  const what = say(lstatSync(found).isSymbolicLink() ? 'store.a-link' : 'store.a-file');
  const message = say('store.not-a-folder', { path: found, what });
  return new TowpathError('TOW_STORE_NOT_A_FOLDER', message, { where: found, ...details });
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
