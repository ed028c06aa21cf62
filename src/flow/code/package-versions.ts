import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SaidError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { codeOf } from '../../core/environment-error.ts';

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Adds a package and all it depends on to `found`, by name and installed version, as Node.js would find them from
 * `importer`: a native library is often the dependency of a dependency, under an unchanged name at the top. Optional
 * ones that are not installed are left out.
 */
export async function packageVersions(
  name: string,
  importer: string,
  found: Map<string, string>,
): Promise<void> {
  const queue = [{ name, importer, optional: false }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const installed = await locate(next.name, next.importer);
    if (!installed) {
      if (next.optional) continue;
      throw new SaidError(say('flow.no-package', { name: next.name, importer: next.importer }));
    }
    const version = installed.manifest.version ?? '0';
    // Two versions of one package may be installed at once: both count.
    const label = found.get(next.name)?.split(' ').includes(version) ? undefined : version;
    if (label === undefined) continue;
    found.set(next.name, [...(found.get(next.name)?.split(' ') ?? []), version].sort().join(' '));
    const { dependencies = {}, optionalDependencies = {} } = installed.manifest;
    for (const dependency of Object.keys(dependencies)) {
      // npm lists optional ones under both names.
      queue.push({
        name: dependency,
        importer: installed.path,
        optional: dependency in optionalDependencies,
      });
    }
    for (const dependency of Object.keys(optionalDependencies)) {
      queue.push({ name: dependency, importer: installed.path, optional: true });
    }
  }
}

interface Installed {
  readonly path: string;
  readonly manifest: Manifest;
}

/** Packages do not change while a process runs: an upgrade starts a new one. */
const located = new Map<string, Promise<Installed | undefined>>();

function locate(name: string, importer: string): Promise<Installed | undefined> {
  const from = dirname(importer);
  const memo = `${from}\0${name}`;
  let answer = located.get(memo);
  if (!answer) located.set(memo, (answer = search(name, from)));
  return answer;
}

async function search(name: string, from: string): Promise<Installed | undefined> {
  const path = join(from, 'node_modules', name, 'package.json');
  try {
    return { path, manifest: JSON.parse(await readFile(path, 'utf8')) as Manifest };
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  const parent = dirname(from);
  return parent === from ? undefined : await locate(name, join(parent, 'package.json'));
}
