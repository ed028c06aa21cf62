import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import fg from 'fast-glob';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError } from '../../core/outside-file.ts';
import { Trust } from '../../project/trust/trust.ts';
import type { FormatTable } from '../formats/format-table.ts';
import { formats as everyFormat } from '../formats/table.ts';
import { hasOddBytes, namesAsBytes } from './file-names.ts';
import type { SourceConfig } from './source-config.ts';
import type { IngestParams, ListedFile } from './params.ts';
import { changed } from './source-file.ts';

/** Never sources, whatever a pattern says: what Towpath and other tools keep. */
const ignored = ['**/.towpath/**', '**/node_modules/**', '**/.git/**', 'towpath.yaml'];

/** Tables are read row by row: a bound against a file that never ends, far above any table. */
export const largestTable = 64 * 2 ** 30;

/**
 * Paths that a source's patterns match, relative to the project folder where they are written so, sorted: links included
 * but not followed, and whatever else is no folder, so that what cannot be read is told.
 */
export async function matchFiles(
  projectDir: string,
  source: Pick<SourceConfig, 'files' | 'exclude'>,
): Promise<string[]> {
  const found = await fg.async([...source.files], {
    cwd: projectDir,
    ignore: [...ignored, ...source.exclude],
    onlyFiles: false,
    followSymbolicLinks: false,
    objectMode: true,
    unique: true,
    fs: namesAsBytes(projectDir),
  });
  const files = found.filter(({ dirent }) => !dirent.isDirectory());
  return files.map(({ path }) => path).sort((a, b) => (a < b ? -1 : 1));
}

/**
 * The files of all sources with their digests: the parameters of the `data.ingest` step. What cannot be read is
 * listed with the problem instead of a digest, so that the step rejects it and runs again once it is mended.
 *
 * @throws TowpathError TOW_DATA_NO_FILES when a source matches nothing, TOW_DATA_SOURCE_CHANGED
 */
export async function listSources(
  projectDir: string,
  sources: readonly SourceConfig[],
  options: ListOptions,
): Promise<IngestParams> {
  const { maxFileSize, signal, formats = everyFormat } = options;
  const trust = options.trust ?? (await Trust.of(projectDir));
  const files: ListedFile[] = [];
  const settings: IngestParams['sources'] = {};
  for (const source of sources) {
    const paths = await matchFiles(projectDir, source);
    if (paths.length === 0)
      throw new TowpathError(
        'TOW_DATA_NO_FILES',
        say('data.no-files', { source: JSON.stringify(source.name), patterns: source.files }),
      );
    for (const path of paths) {
      signal?.throwIfAborted();
      files.push({
        source: source.name,
        path,
        ...(await describe(trust, path, { maxFileSize, signal, formats })),
      });
    }
    settings[source.name] = {
      encoding: source.encoding,
      text: source.text,
      ...(source.title !== undefined && { title: source.title }),
      ...(source.id !== undefined && { id: source.id }),
    };
  }
  return { files, sources: settings, maxFileSize };
}

interface ListOptions {
  /** Bytes. */
  readonly maxFileSize: number;
  /** @default those of this version */
  readonly formats?: FormatTable;
  readonly signal?: AbortSignal;
  readonly trust?: Trust;
}

type Description = Pick<ListedFile, 'digest' | 'bytes' | 'problem'>;

async function describe(
  trust: Trust,
  path: string,
  {
    maxFileSize,
    signal,
    formats,
  }: Pick<ListOptions, 'maxFileSize'> & {
    readonly signal: AbortSignal | undefined;
    readonly formats: FormatTable;
  },
): Promise<Description> {
  const format = formats.of(path);
  if (format === undefined)
    return problem('TOW_DATA_FORMAT_UNKNOWN', say('reject.ending', { endings: formats.endings }));
  try {
    const file = await trust.open(path, format.bounds === 'row' ? largestTable : maxFileSize);
    return { bytes: file.bytes, digest: await file.digest(signal) };
  } catch (error) {
    if (error instanceof TowpathError && error.code === 'TOW_PROJECT_UNTRUSTED')
      return problem('TOW_DATA_FILE_OUTSIDE', say('reject.leads-out'));
    if (!(error instanceof OutsideFileError)) throw error;
    if (error.problem === 'changed') throw changed(path, error.said, error);
    if (error.problem === 'missing') return await missing(resolve(trust.dir, path));
    return problem(rejectCodes[error.problem], error.said);
  }
}

const rejectCodes = {
  outside: 'TOW_DATA_FILE_OUTSIDE',
  special: 'TOW_DATA_FILE_SPECIAL',
  'too-large': 'TOW_DATA_TOO_LARGE',
  unreadable: 'TOW_DATA_FILE_UNREADABLE',
} as const;

async function missing(path: string): Promise<Description> {
  const linked = await lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (linked) return problem('TOW_DATA_FILE_MISSING', say('reject.dangling'));
  return hasOddBytes(path)
    ? problem('TOW_DATA_FILE_NAME', say('reject.name'))
    : problem('TOW_DATA_FILE_MISSING', say('reject.gone'));
}

function problem(code: string, reason: Message): Description {
  return { digest: '', bytes: 0, problem: { code, reason } };
}
