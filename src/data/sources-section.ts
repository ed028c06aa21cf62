import fg from 'fast-glob';
import { z } from 'zod';
import { say, type Message, encode } from '../core/messages/message.ts';
import type { OutsideFile } from '../core/outside-file.ts';
import type { Section, SectionContext, SectionProblem } from '../project/section.ts';
import type { FormatTable } from './formats/format-table.ts';
import type { DocumentFormat, TableFormat } from './formats/format.ts';
import { lookAt } from './formats/look.ts';
import { namesAsBytes } from './ingest/file-names.ts';
import { largestTable, matchFiles } from './ingest/list-sources.ts';
import { tooCostly } from './ingest/pattern-limits.ts';
import { sourceSchema, type SourceConfig } from './ingest/source-config.ts';
import { isReject } from './ingest/reject.ts';

/** The `sources` key: which files, in any of these formats, are the documents. */
export function sourcesSectionOver(formats: FormatTable): Section<'sources', SourceConfig[]> {
  return {
    key: 'sources',
    schema: z
      .array(sourceSchema(formats.endings))
      .min(1)
      .describe(encode(say('setting.sources'))),
    check: (sources, context) => checkSources(sources, { ...context, formats }),
  };
}

interface SourcesContext extends SectionContext {
  readonly formats: FormatTable;
}

async function checkSources(sources: SourceConfig[], context: SourcesContext): Promise<SectionProblem[]> {
  const problems: SectionProblem[] = [];
  const names = new Map<string, number>();
  for (const [index, source] of sources.entries()) {
    const earlier = names.get(source.name);
    if (earlier === undefined) names.set(source.name, index);
    else
      problems.push({
        path: ['sources', index, 'name'],
        message: say('section.same-source', {
          first: earlier + 1,
          second: index + 1,
          name: JSON.stringify(source.name),
        }),
        accepted: say('section.own-source-name'),
      });
    problems.push(...(await checkFiles(source, index, context)));
  }
  return problems;
}

async function checkFiles(
  source: SourceConfig,
  index: number,
  context: SourcesContext,
): Promise<SectionProblem[]> {
  const { dir, trust, formats } = context;
  const problems: SectionProblem[] = [];
  const found: string[] = [];
  let allMatch = true;
  for (const [at, pattern] of source.exclude.entries()) {
    const message = tooCostly(pattern);
    if (message === undefined) continue;
    problems.push({ path: ['sources', index, 'exclude', at], message });
  }
  // Not even the other patterns are matched with such a one among those to leave out.
  if (problems.length > 0) return problems;
  for (const [at, pattern] of source.files.entries()) {
    const path = ['sources', index, 'files', at];
    const costly = tooCostly(pattern);
    if (costly !== undefined) {
      allMatch = false;
      problems.push({ path, message: costly });
      continue;
    }
    const outside = outsidePlace(pattern);
    const untrusted = outside === undefined ? [] : await trust.path(path, outside);
    if (untrusted.length > 0) {
      allMatch = false;
      problems.push(...untrusted);
      continue;
    }
    if (outside === undefined && leavesFolder(pattern)) {
      allMatch = false;
      const message = say('section.pattern-leaves', { pattern: JSON.stringify(pattern) });
      problems.push({ path, message, accepted: say('section.pattern-inside') });
      continue;
    }
    const files = await matchFiles(dir, { files: [pattern], exclude: source.exclude });
    found.push(...files);
    if (files.length > 0) continue;
    allMatch = false;
    const message = say('section.pattern-empty', { pattern: JSON.stringify(pattern) });
    problems.push({ path, message, accepted: await whatIsThere(dir, formats) });
  }
  if (!allMatch) return problems;
  const used = new Set(found.map((file) => formats.of(file)));
  return [
    ...problems,
    ...(await checkColumns(source, index, found, context)),
    ...checkOptions(source, index, used, formats),
  ];
}

/** Settings that none of a source's files has a use for. */
function checkOptions(
  source: SourceConfig,
  index: number,
  used: ReadonlySet<DocumentFormat | undefined>,
  formats: FormatTable,
): SectionProblem[] {
  return (['title', 'id'] as const).flatMap((column): SectionProblem[] => {
    if (source[column] === undefined) return [];
    if ([...used].some((format) => format?.options.includes(column))) return [];
    const [last = '', ...others] = formats.rows
      .filter(({ options }) => options.includes(column))
      .map(({ endings: [ending] }) => ending)
      .reverse();
    return [
      {
        path: ['sources', index, column],
        message: say('section.no-table', { column }),
        accepted: say('section.add-table', { endings: others.reverse(), last }),
      },
    ];
  });
}

/** Tables of a source that are looked into. */
const tablesRead = 20;

/**
 * Columns that none of a source's tables has: what every row would be refused for is told before a run. A table that
 * differs from the others is rejected by name when it is read, and ends nothing. Nothing is told of a source with other
 * files among its tables.
 */
async function checkColumns(
  source: SourceConfig,
  index: number,
  files: readonly string[],
  { trust, formats }: SourcesContext,
): Promise<SectionProblem[]> {
  const tables = files.map((path) => ({ path, format: formats.of(path) })).filter(isTable);
  if (tables.length < files.length) return [];
  const seen: { readonly file: OutsideFile; readonly columns: readonly string[] }[] = [];
  for (const { path, format } of tables.slice(0, tablesRead)) {
    const file = await trust.peek(path, largestTable);
    const head = file && (await lookAt(formats, format, file, source.encoding));
    // Reading the file says why nothing of it can be read.
    if (file === undefined || head === undefined || isReject(head)) return [];
    seen.push({ file, columns: head.columns });
  }
  const [first] = seen;
  if (first === undefined) return [];
  return (['text', 'title', 'id'] as const).flatMap((key) => {
    const column = source[key];
    if (column === undefined || seen.some(({ columns }) => columns.includes(column))) return [];
    const { file, columns } = first;
    return {
      path: ['sources', index, key],
      message: say('section.no-column', { file: file.path, column: JSON.stringify(column) }),
      ...(file.inside && { accepted: say('section.columns', { columns: columns.slice(0, 20) }) }),
    };
  });
}

interface FoundTable {
  readonly path: string;
  readonly format: TableFormat;
}

function isTable(file: {
  readonly path: string;
  readonly format: DocumentFormat | undefined;
}): file is FoundTable {
  return file.format?.kind === 'table';
}

function leavesFolder(pattern: string): boolean {
  // An escaped mark is a letter of a name; any other backslash may be meant as a slash.
  const plain = pattern
    .replace(/^!/, '')
    .replaceAll(/\\([\\*?[\]{}()!+@])/g, '$1')
    .replaceAll('\\', '/');
  return plain.startsWith('/') || /^[A-Z]:/i.test(plain) || plain.split(/[/{,}]/).includes('..');
}

/**
 * The folder outside of the project that a pattern starts from, or the file that it is: `../docs` of `../docs/*.md`.
 * Undefined for any other pattern, one that leads out in its middle included.
 */
function outsidePlace(pattern: string): string | undefined {
  if (!pattern.startsWith('/') && !pattern.startsWith('../')) return undefined;
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => part !== '' && fg.isDynamicPattern(part));
  const fixed = first === -1 ? parts : parts.slice(0, first);
  const back = fixed.findLastIndex((part) => part === '..');
  const onlyAtFirst = fixed.slice(0, back + 1).every((part) => part === '..');
  if (!onlyAtFirst || leavesFolder(parts.slice(fixed.length).join('/'))) return undefined;
  return fixed.join('/').replace(/\\(.)/g, '$1') || '/';
}

/** Counts by folder and ending of the files that could be meant. */
async function whatIsThere(dir: string, { endings }: FormatTable): Promise<Message> {
  const found = await fg.async(`**/*.{${endings.join(',')}}`, {
    cwd: dir,
    ignore: ['**/node_modules/**', '**/.towpath/**'],
    deep: 6,
    fs: namesAsBytes(dir),
    caseSensitiveMatch: false,
  });
  const counts = new Map<string, number>();
  for (const file of found) {
    const pattern = `${file.includes('/') ? `${file.split('/')[0] ?? ''}/**/` : ''}*.${file.split('.').at(-1) ?? ''}`;
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 5);
  if (best.length === 0) return say('section.no-such-files', { endings });
  const patterns = best.map(([pattern, count]) => say('section.files-of', { pattern, count }));
  return say('section.such-files', { patterns });
}
