import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { digestBytes, digestJson, type Digest } from '../../core/digest.ts';

/**
 * The Python package that travels with Towpath: beside `dist/` as it is beside `src/`. Not as a URL of this module, which
 * would make all of it part of every step that reaches this file.
 */
export const trainerDir = join(dirname(fileURLToPath(import.meta.url)), '../../../trainer');

/** A parameter of every step that runs Python: that code is outside the step's own import closure. */
export const trainerVersion = z.string().regex(/^[0-9a-f]{64}$/);

/** `from towpath_trainer.models import build`, at the top of a file or inside a function; the linter bans `from .`. */
const importing =
  /^[ \t]*(?:from\s+(towpath_trainer[\w.]*)\s+import\s+(?:\(([^)]*)\)|([^#\n]*))|import\s+(towpath_trainer[\w.]*))/gm;

/**
 * Digest of everything that decides what a program of the trainer does: its import closure within the package, and the
 * versions that it runs with. A change to a program that it does not import repeats no training.
 */
export async function trainerDigest(
  module: string,
  list: 'requirements.txt' | 'requirements-train.txt',
  folder: string = trainerDir,
): Promise<Digest> {
  const versions = digestBytes(await readFile(join(folder, list)));
  const modules = await importClosure(module, folder);
  const names = [...modules.keys()].sort();
  return digestJson([versions, ...names.map((name) => [name, digestBytes(modules.get(name) ?? '')])]);
}

/** A module and all of the package that it imports, by name, with their texts. */
export async function importClosure(
  module: string,
  folder: string = trainerDir,
): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const open = [module];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = seen.has(name) ? undefined : await source(folder, name);
    if (text === undefined) continue;
    seen.set(name, text);
    // Python runs the packages around a module first.
    const around = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    if (around !== '') open.push(around);
    for (const [, from, several, one, plain] of text.matchAll(importing)) {
      const parent = from ?? plain ?? '';
      const names = (several ?? one ?? '').split(/[\s,]+/);
      open.push(parent, ...names.map((each) => `${parent}.${each}`));
    }
  }
  return seen;
}

/** Text of a module or of a package's `__init__`; undefined for a name that is something inside a module. */
async function source(folder: string, module: string): Promise<string | undefined> {
  const path = join(folder, 'src', ...module.split('.'));
  for (const file of [`${path}.py`, join(path, '__init__.py')]) {
    try {
      return await readFile(file, 'utf8');
    } catch (thrown) {
      if (!['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    }
  }
  return undefined;
}
