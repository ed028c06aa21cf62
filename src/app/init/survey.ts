import type { Dirent } from 'node:fs';
import { access, constants, opendir, realpath, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { say, type Message } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import type { DocumentFormat } from '../../data/formats/format.ts';

export interface FoundFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly format: DocumentFormat;
}

/** What will not be read, and why. */
export interface SkippedPath {
  /** Relative to the project, with `/`; a folder ends in one. */
  readonly path: string;
  readonly why: Message;
  /** The globs of a source would take it: they must be told not to. */
  readonly exclude: boolean;
}

export interface Survey {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedPath[];
  /** The folder holds more than was looked at. */
  readonly cutShort: boolean;
}

const toolFolders = new Set([
  'node_modules',
  'dist',
  'build',
  'target',
  'vendor',
  'venv',
  '__pycache__',
  'coverage',
]);

/** What Towpath keeps itself. */
const own = new Set(['towpath.yaml', '.towpath']);

/** Text files that programs read rather than people. */
const notDocuments =
  /^(?:requirements.*\.txt|robots\.txt|CMakeLists\.txt|LICEN[CS]E\.(?:txt|md)|NOTICE\.txt)$/i;

const deepest = 12;

/** `data.max_file_size` where the project file says nothing; it bounds a file, or each of its rows. */
const largest = 64 * 1024 * 1024;

/**
 * Looks for documents in a folder, hidden folders and those of tools left out; what is left out is listed with the
 * reason. Breadth first and bounded, so that a home folder given by mistake does no harm: what lies near is found, and
 * the rest is said to be left.
 */
export async function surveyFolder(dir: string, formats: FormatTable, mostEntries = 50_000): Promise<Survey> {
  const files: FoundFile[] = [];
  const skipped: SkippedPath[] = [];
  const open: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  const skip = (path: string, why: Message, exclude = false) => skipped.push({ path, why, exclude });
  let entries = 0;
  let full = false;
  let tooDeep = false;
  for (let next = open.shift(); next && !full; next = open.shift()) {
    const folder = await openFolder(join(dir, next.path));
    if (typeof folder === 'string') {
      skip(`${next.path}/`, say('skipped.folder', { why: folder }));
      continue;
    }
    for await (const entry of folder) {
      if ((full = ++entries > mostEntries)) break;
      if (own.has(entry.name)) continue;
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.name.startsWith('.')) skip(entry.isDirectory() ? `${path}/` : path, say('skipped.hidden'));
      else if (entry.isDirectory()) {
        if (toolFolders.has(entry.name)) skip(`${path}/`, say('skipped.tools'), true);
        else if (next.depth < deepest) open.push({ path, depth: next.depth + 1 });
        else tooDeep = true;
      } else
        await addFile(dir, { path, isLink: entry.isSymbolicLink(), format: formats.of(path) }, files, skip);
    }
  }
  return { files: byPath(files), skipped: byPath(skipped), cutShort: full || tooDeep };
}

interface PathToAdd {
  readonly path: string;
  readonly isLink: boolean;
  /** As its name says. */
  readonly format: DocumentFormat | undefined;
}

async function addFile(
  dir: string,
  { path, isLink, format }: PathToAdd,
  files: FoundFile[],
  skip: (path: string, why: Message, exclude?: boolean) => void,
): Promise<void> {
  if (isLink && (await isFolder(join(dir, path)))) {
    skip(path, say('skipped.link-folder'));
    return;
  }
  if (format === undefined) {
    const last = extname(path);
    skip(path, last === '' ? say('skipped.no-ending') : say('skipped.ending', { ending: last }));
    return;
  }
  if (notDocuments.test(path.slice(path.lastIndexOf('/') + 1))) {
    skip(path, say('skipped.programs'), true);
    return;
  }
  const fault = await faultOf(dir, path, { isLink, format });
  if (fault === undefined) files.push({ path, format });
  else skip(path, fault);
}

/** Why a run would refuse the file, as far as that shows without reading it. */
async function faultOf(
  dir: string,
  path: string,
  { isLink, format }: { readonly isLink: boolean; readonly format: DocumentFormat },
): Promise<Message | undefined> {
  const full = join(dir, path);
  try {
    if (isLink && leadsOut(relative(await realpath(dir), await realpath(full))))
      return say('skipped.leads-out');
    const stats = await stat(full);
    if (!stats.isFile()) return say(isLink ? 'skipped.link-special' : 'skipped.special');
    await access(full, constants.R_OK);
    if (stats.size === 0) return say('skipped.empty');
    if (stats.size > largest && format.bounds === 'file')
      return say('skipped.large', { size: formatBytes(stats.size), most: formatBytes(largest) });
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return isLink && code === 'ENOENT' ? say('skipped.dangling') : say('skipped.unreadable', { why: code });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || path.startsWith(sep);
}

/** The folder's entries, or why it may not be read. */
async function openFolder(path: string): Promise<AsyncIterable<Dirent> | string> {
  try {
    return await opendir(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function byPath<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : 1));
}
