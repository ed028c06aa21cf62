import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Endings of files that can be documents. */
const documentEndings = [
  'md',
  'markdown',
  'html',
  'htm',
  'txt',
  'csv',
  'jsonl',
  'ndjson',
  'parquet',
] as const;

type DocumentEnding = (typeof documentEndings)[number];

export interface FoundFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly ending: DocumentEnding;
}

export interface Survey {
  readonly files: readonly FoundFile[];
  /** The folder holds more than was looked at. */
  readonly cutShort: boolean;
}

const skipped = new Set([
  'node_modules',
  'dist',
  'build',
  'target',
  'vendor',
  'venv',
  '__pycache__',
  'coverage',
]);

/** Text files that programs read rather than people. */
const notDocuments =
  /^(?:requirements.*\.txt|robots\.txt|CMakeLists\.txt|LICEN[CS]E\.(?:txt|md)|NOTICE\.txt)$/i;

const deepest = 12;

/**
 * Looks for documents in a folder, hidden folders and those of tools left out. Breadth first and bounded, so that a
 * home folder given by mistake does no harm: what lies near is found, and the rest is said to be left.
 */
export async function surveyFolder(dir: string, mostEntries = 50_000): Promise<Survey> {
  const files: FoundFile[] = [];
  const open: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  let entries = 0;
  for (let next = open.shift(); next; next = open.shift()) {
    for await (const entry of await openFolder(join(dir, next.path))) {
      if (++entries > mostEntries) return { files: sorted(files), cutShort: true };
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name) && next.depth < deepest) open.push({ path, depth: next.depth + 1 });
      } else if (entry.isFile() && !notDocuments.test(entry.name)) {
        const ending = endingOf(entry.name);
        if (ending) files.push({ path, ending });
      }
    }
  }
  return { files: sorted(files), cutShort: false };
}

function endingOf(name: string): DocumentEnding | undefined {
  const ending = extname(name).slice(1).toLowerCase();
  return documentEndings.find((known) => known === ending);
}

/** A folder that may not be read holds nothing for us. */
async function openFolder(path: string): Promise<AsyncIterable<Dirent> | []> {
  try {
    return await opendir(path);
  } catch {
    return [];
  }
}

function sorted(files: readonly FoundFile[]): FoundFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
