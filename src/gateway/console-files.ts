import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { digestBytes } from '../core/digest.ts';

export interface ConsoleFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Whether its name changes with its content. */
  readonly immutable: boolean;
}

/** The console's files by URL path, held in memory: no request touches the disk. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Reads the built console; empty when it was not built. */
export async function loadConsole(folder: string): Promise<ConsoleFiles> {
  const files = new Map<string, ConsoleFile>();
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return files;
    throw error;
  }
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (type === undefined) continue;
    const body = await readFile(path);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    const file = {
      body,
      type,
      etag: `"${digestBytes(body).slice(0, 20)}"`,
      immutable: url.startsWith('/assets/'),
    };
    files.set(url === '/index.html' ? '/' : url, file);
  }
  return files;
}
