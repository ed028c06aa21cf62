import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';

export const projectFileName = 'towpath.yaml';

export interface ProjectPlace {
  /** Absolute path of the project's folder. */
  readonly dir: string;
  /** Absolute path of its `towpath.yaml`. */
  readonly file: string;
}

/**
 * Finds the project: the named folder (or a path of the file itself), else the nearest folder upwards from `cwd`.
 *
 * @throws TowpathError TOW_PROJECT_NOT_FOUND
 */
export async function findProject(options: {
  readonly cwd: string;
  readonly named?: string;
}): Promise<ProjectPlace> {
  if (options.named !== undefined) return namedProject(resolve(options.cwd, options.named));
  for (let dir = resolve(options.cwd); ; dir = dirname(dir)) {
    const file = join(dir, projectFileName);
    if ((await kindOf(file)) !== undefined) return { dir, file };
    if (dirname(dir) === dir) break;
  }
  throw new TowpathError(
    'TOW_PROJECT_NOT_FOUND',
    say('project.none-above', { file: projectFileName, folder: resolve(options.cwd) }),
    await nearName(resolve(options.cwd)),
  );
}

async function namedProject(path: string): Promise<ProjectPlace> {
  const kind = await kindOf(path);
  if (isThere(kind)) return { dir: dirname(path), file: path };
  if (kind === undefined) {
    throw new TowpathError('TOW_PROJECT_NOT_FOUND', say('project.no-folder', { folder: path }), {
      hint: say('project.make-one', { folder: path }),
    });
  }
  const file = join(path, projectFileName);
  if ((await kindOf(file)) !== undefined) return { dir: path, file };
  // A folder of the file's own name: reading it says what is wrong.
  if (basename(path) === projectFileName) return { dir: dirname(path), file: path };
  throw new TowpathError(
    'TOW_PROJECT_NOT_FOUND',
    say('project.none-in', { file: projectFileName, folder: path }),
    { hint: say('project.write-one', { folder: path }), ...(await nearName(path)) },
  );
}

/** What to do about a file in the folder whose name comes near, `towpath.yml`; nothing where none does. */
async function nearName(folder: string): Promise<{ hint?: Message }> {
  const names = await readdir(folder).catch(() => []);
  const found = names.find((name) => /^towpath\.ya?ml(?:\.txt)?$/i.test(name));
  return found === undefined ? {} : { hint: say('project.rename', { found, file: projectFileName }) };
}

type Kind = 'file' | 'folder' | 'special' | undefined;

/** A FIFO or device of that name is what was meant, too: reading it says what it is, and that it is refused. */
function isThere(kind: Kind): boolean {
  return kind === 'file' || kind === 'special';
}

async function kindOf(path: string): Promise<Kind> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'special';
  } catch {
    return undefined;
  }
}
