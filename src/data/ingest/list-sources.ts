import { lstat, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import fg from 'fast-glob';
import { digestFile } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { hasOddBytes, namesAsBytes } from './file-names.ts';
import type { SourceConfig } from './source-config.ts';
import type { IngestParams, ListedFile } from './params.ts';
import { formatOf, knownExtensions } from './source-settings.ts';

/** Never sources, whatever a pattern says: what Towpath and other tools keep. */
const ignored = ['**/.towpath/**', '**/node_modules/**', '**/.git/**', 'towpath.yaml'];

/** Paths below the project folder that a source's patterns match, sorted, links included but not followed. */
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
    fs: namesAsBytes(),
  });
  const files = found.filter(({ dirent }) => dirent.isFile() || dirent.isSymbolicLink());
  return files.map(({ path }) => path).sort((a, b) => (a < b ? -1 : 1));
}

/**
 * The files of all sources with their digests: the parameters of the `data.ingest` step. What cannot be read is
 * listed with the problem instead of a digest, so that the step rejects it and runs again once it is mended.
 *
 * @throws TowpathError TOW_DATA_NO_FILES when a source matches nothing
 */
export async function listSources(
  projectDir: string,
  sources: readonly SourceConfig[],
  options: { readonly maxFileSize: number; readonly signal?: AbortSignal },
): Promise<IngestParams> {
  const root = await realpath(projectDir);
  const files: ListedFile[] = [];
  const settings: IngestParams['sources'] = {};
  for (const source of sources) {
    const paths = await matchFiles(projectDir, source);
    if (paths.length === 0)
      throw new TowpathError(
        'TOW_DATA_NO_FILES',
        `source ${JSON.stringify(source.name)} matches no file: ${source.files.join(', ')}`,
      );
    for (const path of paths) {
      options.signal?.throwIfAborted();
      files.push({ source: source.name, path, ...(await describe(root, projectDir, path, options.signal)) });
    }
    settings[source.name] = {
      encoding: source.encoding,
      text: source.text,
      ...(source.title !== undefined && { title: source.title }),
      ...(source.id !== undefined && { id: source.id }),
    };
  }
  return { files, sources: settings, maxFileSize: options.maxFileSize };
}

type Description = Pick<ListedFile, 'digest' | 'bytes' | 'problem'>;

async function describe(
  root: string,
  projectDir: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Description> {
  if (formatOf(path) === undefined)
    return problem('TOW_DATA_FORMAT_UNKNOWN', `its name does not end in ${knownExtensions.join(', ')}`);
  const full = join(projectDir, path);
  try {
    const target = relative(root, await realpath(full));
    if (target === '..' || target.startsWith(`..${sep}`) || target.startsWith(sep))
      return problem('TOW_DATA_FILE_OUTSIDE', 'it is a link that leads out of the project folder');
    const { size } = await stat(full);
    return { digest: await digestFile(full, signal), bytes: size };
  } catch (error) {
    if (signal?.aborted) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return code === 'ENOENT'
      ? await missing(full)
      : problem('TOW_DATA_FILE_UNREADABLE', `the system refuses to read it (${code})`);
  }
}

async function missing(path: string): Promise<Description> {
  const linked = await lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (linked) return problem('TOW_DATA_FILE_MISSING', 'it is a link to a file that is not there');
  return hasOddBytes(path)
    ? problem('TOW_DATA_FILE_NAME', 'its name is not UTF-8: the bytes shown as \\x.. stand for no character')
    : problem('TOW_DATA_FILE_MISSING', 'it was there when the folder was read, and is gone');
}

function problem(code: string, reason: string): Description {
  return { digest: '', bytes: 0, problem: { code, reason } };
}
