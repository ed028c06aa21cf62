import { basename, extname } from 'node:path';
import type { Language } from '../../core/language.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { Columns } from './columns.ts';
import { fewestCharacters } from '../../data/data-section.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import type { DocumentFormat } from '../../data/formats/format.ts';
import { foreign, type Verdict } from './language.ts';
import { seeDocument, seeTable } from './read.ts';
import type { FoundFile, SkippedPath, Survey } from './survey.ts';

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
  readonly languages: readonly (Exclude<Language, 'und'> | 'any')[];
  /** A text shorter than the default allows, where a source has no longer ones. */
  readonly short?: { readonly path: string; readonly characters: number };
  readonly suites: readonly string[];
  readonly skipped: readonly SkippedPath[];
}

const mostTables = 60;
const mostSamples = 400;
/** Of files whose readers take a process each. */
const mostIsolated = 20;

/** What the files found look like: sources by folder, columns of tables, languages, suites. */
export async function guessProject(
  dir: string,
  { files, skipped }: Survey,
  formats: FormatTable,
): Promise<Guess> {
  const tables = files.filter(isOf('table'));
  const documents = files.filter(isOf('document'));
  const { seen, suites, unseen } = await seeAll(dir, tables.slice(0, mostTables), documents, formats);
  const known = (['en', 'zh'] as const).filter((each) => [...seen.values()].some(hasLanguage(each)));
  // A project in other languages alone would have nothing left.
  const any = known.length === 0 && [...seen.values()].some(({ verdicts }) => verdicts.length > 0);
  const refused = new Map<string, Message>(unseen);
  if (!any) for (const [path, { verdicts }] of seen) refuseForeign(path, verdicts, refused);
  const tooMany: SkippedPath[] = tables.slice(mostTables).map(({ path }) => ({
    ...{ path, exclude: false },
    why: say('skipped.tables', { most: mostTables }),
  }));
  const others = [...refused].map(([path, why]): SkippedPath => ({ path, why, exclude: false }));
  const sources = [
    ...proseSources(documents, skipped, refused),
    ...tables
      .slice(0, mostTables)
      .filter(({ path }) => !refused.has(path) && !suites.includes(path))
      .map((file) => tableSource(file, seen.get(file.path))),
  ];
  const short = shortest(sources, seen);
  return {
    project: projectName(dir),
    sources: uniqueNames(mergeTables(sources.map(({ source }) => source))),
    languages: known.length > 0 ? known : any ? ['any'] : ['en', 'zh'],
    ...(short && { short }),
    suites,
    // What somebody may miss comes before what nobody means.
    skipped: [
      ...tooMany,
      ...others,
      ...skipped.filter((each) => !isHidden(each)),
      ...skipped.filter(isHidden),
    ],
  };
}

/** A file that can be documents, as its beginning shows it. */
interface Seen {
  readonly columns?: Columns;
  readonly verdicts: readonly Verdict[];
}

/** Looks into the tables and into some of the documents; `unseen` are those that cannot be read, and why. */
async function seeAll(
  dir: string,
  tables: readonly FoundOf<'table'>[],
  documents: readonly FoundOf<'document'>[],
  formats: FormatTable,
): Promise<{
  readonly seen: ReadonlyMap<string, Seen>;
  readonly suites: readonly string[];
  readonly unseen: ReadonlyMap<string, Message>;
}> {
  const seen = new Map<string, Seen>();
  const suites: string[] = [];
  const unseen = new Map<string, Message>();
  for (const { path, format } of tables) {
    const table = await seeTable(dir, path, format, formats);
    if (table === undefined) continue;
    if ('suite' in table) suites.push(path);
    else if ('why' in table) unseen.set(path, table.why);
    else seen.set(path, table);
  }
  const isolated = documents.filter(({ format }) => format.isolated !== undefined);
  const others = documents.filter(({ format }) => format.isolated === undefined);
  for (const { path, format } of [...spread(others, mostSamples), ...spread(isolated, mostIsolated)]) {
    const document = await seeDocument(dir, path, format, formats);
    if (document === undefined) continue;
    if ('why' in document) unseen.set(path, document.why);
    else seen.set(path, { verdicts: [document] });
  }
  return { seen, suites, unseen };
}

type FoundOf<Kind> = FoundFile & { readonly format: Extract<DocumentFormat, { readonly kind: Kind }> };

function isOf<Kind extends DocumentFormat['kind']>(kind: Kind): (file: FoundFile) => file is FoundOf<Kind> {
  return (file): file is FoundOf<Kind> => file.format.kind === kind;
}

function hasLanguage(wanted: Language): (seen: Seen) => boolean {
  return ({ verdicts }) => verdicts.some(({ language }) => language === wanted);
}

/** A file whose documents, as far as they were looked at, are all in a language that the project does not take. */
function refuseForeign(path: string, verdicts: readonly Verdict[], refused: Map<string, Message>): void {
  const reasons = verdicts.map(foreign);
  const [why] = reasons;
  if (why !== undefined && reasons.every((reason) => reason !== undefined)) refused.set(path, why);
}

/** The shortest text of those sources that would lose all their documents for it. */
function shortest(sources: readonly SourceOf[], seen: ReadonlyMap<string, Seen>): Guess['short'] {
  const lost = sources
    .map(({ paths }) =>
      paths.flatMap((path) =>
        (seen.get(path)?.verdicts ?? []).map(({ characters }) => ({ path, characters })),
      ),
    )
    .filter((texts) => texts.every(({ characters }) => characters < fewestCharacters));
  return lost.flat().sort((a, b) => a.characters - b.characters)[0];
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

interface SourceOf {
  readonly source: GuessedSource;
  readonly paths: readonly string[];
}

/** One source for each folder at the top, and one for the files beside the project file. */
function proseSources(
  files: readonly FoundFile[],
  skipped: readonly SkippedPath[],
  refused: ReadonlyMap<string, Message>,
): SourceOf[] {
  const folders = groupBy(files, ({ path }) => (path.includes('/') ? (path.split('/')[0] ?? '') : ''));
  // A source of which nothing is left ends a run.
  const some = [...folders].filter(([, members]) => members.some(({ path }) => !refused.has(path)));
  return some.map(([folder, members]) => {
    const endings = [...new Set(members.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))].sort();
    const exclude = excludedFrom(folder, endings, skipped);
    const source = {
      name: slug(folder).slice(0, 40) || 'files',
      ...(exclude.length > 0 && { exclude }),
      files: endings.map((ending) =>
        folder === '' ? `*.${ending}` : `${escapeGlob(folder)}/**/*.${ending}`,
      ),
      count: members.length,
    };
    return { source, paths: members.map(({ path }) => path) };
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

function tableSource({ path }: FoundFile, seen: Seen | undefined): SourceOf {
  const name = slug(basename(path).replace(/\.[^.]+$/, '')).slice(0, 40) || 'table';
  const columns = seen?.columns ? { columns: seen.columns } : { unread: true };
  return { source: { name, files: [escapeGlob(path)], count: 1, ...columns }, paths: [path] };
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

/**
 * Characters that mean something in a glob, made plain: `+` and `@` mean nothing before an escaped bracket. A backslash
 * before another is left as two by what reads the glob; as the one letter of a class it is found.
 */
function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()|]|^!/g, (mark) => (mark === '\\' ? '[\\\\]' : `\\${mark}`));
}

/** At most so many files, from all over the list. */
function spread<T>(files: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(files.length / most));
  return files.filter((_, index) => index % step === 0);
}
