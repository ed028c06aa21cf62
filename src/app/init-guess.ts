import { basename, extname } from 'node:path';
import type { Language } from '../core/language.ts';
import { say } from '../core/messages/message.ts';
import { OutsideFile } from '../core/outside-file.ts';
import { csvHead, isSuite, jsonHead, type Columns, type TableHead } from './init-columns.ts';
import { proseLanguage, rowLanguages, type FoundLanguage } from './init-language.ts';
import { isTable, type FoundFile, type SkippedPath, type Survey } from './init-survey.ts';

export interface GuessedSource {
  readonly name: string;
  readonly files: readonly string[];
  /** Globs of what `files` would take and nobody means by it. */
  readonly exclude?: readonly string[];
  /** How many files the globs were made from. */
  readonly count: number;
  readonly columns?: Columns;
  /** A table whose columns were not looked at. */
  readonly unread?: boolean;
}

export interface Guess {
  readonly project: string;
  readonly sources: readonly GuessedSource[];
  readonly languages: readonly Exclude<Language, 'und'>[];
  readonly suites: readonly string[];
  readonly skipped: readonly SkippedPath[];
}

const headBytes = 64 * 1024;
const mostTables = 60;
const mostSamples = 400;

/** What the files found look like: sources by folder, columns of tables, languages, suites. */
export async function guessProject(dir: string, { files, skipped }: Survey): Promise<Guess> {
  const tables = files.filter(({ ending }) => isTable(ending));
  const prose = files.filter(({ ending }) => !isTable(ending));
  const suites: string[] = [];
  const sources = proseSources(prose, skipped);
  const found: FoundLanguage[] = [];
  for (const file of tables.slice(0, mostTables)) {
    const text = file.ending === 'parquet' ? '' : await readHead(dir, file.path);
    if (file.ending !== 'csv' && isSuite(text)) {
      suites.push(file.path);
      continue;
    }
    const head = file.ending === 'csv' ? csvHead(text) : jsonHead(text);
    sources.push(tableSource(file, head));
    found.push(...rowLanguages(head?.texts ?? []));
  }
  const others: SkippedPath[] = tables.slice(mostTables).map(({ path }) => ({
    ...{ path, exclude: false },
    why: say('skipped.tables', { most: mostTables }),
  }));
  for (const { path, ending } of spread(prose)) {
    const language = proseLanguage(await readHead(dir, path), ending);
    found.push(language);
    if (language.other !== undefined)
      others.push({
        path,
        why: say('skipped.language', { language: language.other }),
        exclude: false,
      });
  }
  const known = (['en', 'zh'] as const).filter((each) => found.some(({ language }) => language === each));
  return {
    project: projectName(dir),
    sources: uniqueNames(mergeTables(sources)),
    languages: known.length > 0 ? known : ['en', 'zh'],
    suites,
    // What somebody may miss comes before what nobody means.
    skipped: [...others, ...skipped.filter((each) => !isHidden(each)), ...skipped.filter(isHidden)],
  };
}

function isHidden({ path }: SkippedPath): boolean {
  return path.startsWith('.') || path.includes('/.');
}

/** `My Handbook` as `my-handbook`. */
export function projectName(dir: string): string {
  const name = slug(basename(dir)).slice(0, 40).replace(/-$/, '');
  return name === '' ? 'project' : name;
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-');
}

/** One source for each folder at the top, and one for the files beside the project file. */
function proseSources(files: readonly FoundFile[], skipped: readonly SkippedPath[]): GuessedSource[] {
  const folders = groupBy(files, ({ path }) => (path.includes('/') ? (path.split('/')[0] ?? '') : ''));
  return [...folders].map(([folder, members]) => {
    const endings = [...new Set(members.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))].sort();
    const exclude = excludedFrom(folder, endings, skipped);
    return {
      name: slug(folder).slice(0, 40) || 'files',
      ...(exclude.length > 0 && { exclude }),
      files: endings.map((ending) =>
        folder === '' ? `*.${ending}` : `${escapeGlob(folder)}/**/*.${ending}`,
      ),
      count: members.length,
    };
  });
}

/** What was left out below a folder although its globs take it. */
function excludedFrom(
  folder: string,
  endings: readonly string[],
  skipped: readonly SkippedPath[],
): readonly string[] {
  const taken = skipped.filter(({ path, exclude }) => {
    if (!exclude) return false;
    if (folder === '') return !path.includes('/') && endings.some((ending) => path.endsWith(`.${ending}`));
    return path.startsWith(`${folder}/`) && (path.endsWith('/') || endings.includes(extname(path).slice(1)));
  });
  // A run takes nothing from these in any case.
  const named = taken.filter(({ path }) => !path.endsWith('node_modules/'));
  return named.map(({ path }) => `${escapeGlob(path)}${path.endsWith('/') ? '**' : ''}`);
}

function tableSource({ path }: FoundFile, head: TableHead | undefined): GuessedSource {
  const name = slug(basename(path).replace(/\.[^.]+$/, '')).slice(0, 40) || 'table';
  return {
    name,
    files: [escapeGlob(path)],
    count: 1,
    ...(head ? { columns: head.columns } : { unread: true }),
  };
}

/** Tables of one folder with the same columns become one source. */
function mergeTables(sources: readonly GuessedSource[]): GuessedSource[] {
  const groups = groupBy(sources, (source) => {
    const [file = ''] = source.files;
    const isTable = source.columns !== undefined || source.unread === true;
    return isTable
      ? JSON.stringify([file.slice(0, file.lastIndexOf('/') + 1), source.columns])
      : JSON.stringify(source);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        ...first,
        files: group.flatMap(({ files }) => files),
        count: group.reduce((sum, s) => sum + s.count, 0),
      },
    ];
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function uniqueNames(sources: readonly GuessedSource[]): GuessedSource[] {
  const taken = new Set<string>();
  return sources.map((source) => {
    let name = source.name;
    for (let n = 2; taken.has(name); n++) name = `${source.name.slice(0, 36)}-${n}`;
    taken.add(name);
    return { ...source, name };
  });
}

/** Characters that mean something in a glob, made plain. */
function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@]/g, '\\$&');
}

/** At most so many files, from all over the list. */
function spread(files: readonly FoundFile[]): readonly FoundFile[] {
  const step = Math.max(1, Math.ceil(files.length / mostSamples));
  return files.filter((_, index) => index % step === 0);
}

async function readHead(dir: string, path: string): Promise<string> {
  try {
    const file = await OutsideFile.open(path, { within: [dir], maxBytes: Infinity });
    try {
      return decode((await file.next())?.subarray(0, headBytes) ?? Buffer.alloc(0));
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = text.split('\ufffd').length - 1;
  return bad > text.length / 100 ? new TextDecoder('gb18030').decode(bytes) : text;
}
