import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuiltin } from 'node:module';
import { init, parse } from 'es-module-lexer';
import { digestBytes, digestJson, type Digest } from '../../core/digest.ts';
import { SaidError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Text } from '../../core/messages/message.ts';
import { packageVersions } from './package-versions.ts';

/** Files in one closure; more is a mistake such as `new URL('../..', import.meta.url)`. */
const maxFiles = 5000;

/**
 * Digest of all the code that a module can reach: relative imports, static or dynamic, by their bytes; packages by
 * name and version, with what they depend on; Node.js by its major version. Files that code finds with
 * `new URL('./x', import.meta.url)` - a worker, a prompt, a Python program - count as imports, folders with all they
 * hold. An `import()` of a computed path cannot be seen: step code must not use it for code of its own.
 */
export class CodeVersions {
  readonly #files = new Map<string, { stamp: string; file: CodeFile }>();

  /** @param module URL of a compiled module. @throws TOW_FLOW_CODE_UNREADABLE naming the file and who imports it */
  async of(module: string): Promise<Digest> {
    await init();
    const files = new Map<string, Digest>();
    const packages = new Map<string, string>();
    const queue: Reached[] = [{ path: fileURLToPath(module), from: say('flow.the-plan') }];
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (files.has(next.path)) continue;
      if (files.size >= maxFiles)
        throw unreadable(next, new SaidError(say('flow.many-files', { most: maxFiles })));
      try {
        const file = await this.#read(next.path);
        files.set(next.path, file.digest);
        for (const path of file.reaches) queue.push({ path, from: next.path });
        for (const name of file.packages) await packageVersions(name, next.path, packages);
      } catch (error) {
        throw unreadable(next, error);
      }
    }
    // Digests only, not paths: the same code installed elsewhere is the same version.
    const digests = [...files.values()].sort();
    const versions = [...packages].map(([name, version]) => `${name}@${version}`).sort();
    return digestJson({
      node: process.versions.node.split('.')[0] ?? '',
      files: digests,
      packages: versions,
    });
  }

  async #read(path: string): Promise<CodeFile> {
    const stats = await stat(path);
    if (stats.isDirectory()) return await readFolder(path);
    const stamp = `${String(stats.ino)}:${String(stats.size)}:${String(stats.mtimeMs)}`;
    const known = this.#files.get(path);
    if (known?.stamp === stamp) return known.file;
    const bytes = await readFile(path);
    const code = /\.[cm]?js$/.test(path)
      ? reach(bytes.toString('utf8'), path)
      : { reaches: [], packages: [] };
    const file = { digest: digestBytes(bytes), ...code };
    this.#files.set(path, { stamp, file });
    return file;
  }
}

/** A file, and who imports it. */
interface Reached {
  readonly path: string;
  readonly from: Text;
}

interface CodeFile {
  readonly digest: Digest;
  readonly reaches: readonly string[];
  readonly packages: readonly string[];
}

const assetPattern = /new URL\(\s*(['"`])(\.{1,2}\/[^'"`$]*)\1\s*,\s*import\.meta\.url\s*\)/g;

function reach(source: string, path: string): Omit<CodeFile, 'digest'> {
  const base = pathToFileURL(path);
  const reaches = new Set<string>();
  const packages = new Set<string>();
  for (const entry of parse(source, path)[0]) {
    const specifier = ('specifier' in entry ? entry.specifier : undefined) ?? undefined;
    if (specifier === undefined || specifier.includes('*')) continue;
    if (isBuiltin(specifier)) continue;
    if (/^(?:\.{0,2}\/|file:)/.test(specifier)) reaches.add(fileURLToPath(new URL(specifier, base)));
    else if (!specifier.startsWith('data:')) packages.add(packageName(specifier));
  }
  for (const [, , asset] of source.matchAll(assetPattern)) {
    if (asset !== undefined) reaches.add(fileURLToPath(new URL(asset, base)));
  }
  return { reaches: [...reaches], packages: [...packages] };
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const notCode = new Set(['node_modules', '__pycache__', '.git', '.venv', 'tests']);

/** A folder stands for its names and everything in it; the files themselves follow as imports. */
async function readFolder(path: string): Promise<CodeFile> {
  const entries = await readdir(path, { withFileTypes: true });
  const kept = entries.filter((entry) => !notCode.has(entry.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    digest: digestJson(kept.map(({ name }) => name)),
    reaches: kept
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map(({ name }) => `${path.replace(/\/$/, '')}/${name}`),
    packages: [],
  };
}

function unreadable({ path, from }: Reached, cause: unknown): TowpathError {
  const text = say('flow.code-unreadable', { path, from });
  return new TowpathError('TOW_FLOW_CODE_UNREADABLE', text, { where: path, cause });
}
