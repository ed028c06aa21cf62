import { isUtf8 } from 'node:buffer';
import { lstat, readdir, stat, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type fg from 'fast-glob';

type FileSystem = Pick<fg.FileSystemAdapter, 'readdir' | 'lstat' | 'stat'>;
type Done = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/**
 * The file system as fast-glob walks it, with names read as bytes: a name that is no UTF-8 is listed with its odd bytes
 * as `\xE9`, and so is what stands below such a folder. Read as text, both would be lost without a word: U+FFFD in a
 * path names nothing. A backslash in the path of the folder that is walked stays one: it is asked for as a slash.
 */
export function namesAsBytes(root: string): FileSystem {
  const folders = new Map<string, Buffer>();
  const asked = root.replaceAll('\\', '/');
  // It is only ever asked for entries with their kinds.
  const readFolder = (walked: string, _options: unknown, done: Done): void => {
    const path = walked.startsWith(asked) ? root + walked.slice(asked.length) : walked;
    const folder = folders.get(path);
    readdir(folder ?? path, { withFileTypes: true, encoding: 'buffer' }, (error, entries) => {
      if (error) {
        done(error, []);
        return;
      }
      const named = entries.map((entry) => {
        const name = asText(entry.name);
        if (folder !== undefined || !isUtf8(entry.name)) {
          const parent = folder ?? Buffer.from(path);
          folders.set(join(path, name), Buffer.concat([parent, Buffer.from('/'), entry.name]));
        }
        return renamed(entry, name);
      });
      done(null, named);
    });
  };
  return { lstat, stat, readdir: readFolder as FileSystem['readdir'] };
}

/** Whether a path may be one that `namesAsBytes` made up. */
export function hasOddBytes(path: string): boolean {
  return /\\x[89A-F][0-9A-F]/.test(path);
}

function asText(name: Buffer): string {
  if (isUtf8(name)) return name.toString();
  let text = '';
  for (let at = 0; at < name.length;) {
    const size = [1, 2, 3, 4].find((bytes) => isUtf8(name.subarray(at, at + bytes)));
    text +=
      size === undefined
        ? `\\x${(name[at] ?? 0).toString(16).toUpperCase()}`
        : name.subarray(at, at + size).toString();
    at += size ?? 1;
  }
  return text;
}

/** Node.js has no constructor for them: the kind of an entry stays where it is, the name is laid over it. */
function renamed(entry: Dirent<Buffer>, name: string): Dirent {
  return Object.create(entry, { name: { value: name, enumerable: true } }) as Dirent;
}
