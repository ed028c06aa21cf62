import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '../../core/deadline.ts';
import { digestBytes } from '../../core/digest.ts';
import { withFileLock } from '../../core/file-lock.ts';
import type { ReportProgress } from '../../contract/progress.ts';
import { runChild } from './child.ts';
import { findPython } from './find.ts';
import { clearAway, installEnvironment, pythonIn } from './install.ts';
import { projectPlace, sharedPlace, unwritable } from './place.ts';
import { SharedProgress } from './shared-progress.ts';
import { trainerDir } from './trainer.ts';

/**
 * What a step needs of Python. `convert` is small; `train` holds PyTorch, whose own packages (CUDA on Linux) follow it:
 * it pins those itself.
 */
const lists = {
  convert: { file: 'requirements.txt', alone: true },
  train: { file: 'requirements-train.txt', alone: false },
} as const;

export type List = keyof typeof lists;

/** Ninety days: longer than any training, and short enough that what earlier versions needed does not pile up. */
const unusedMs = 90 * 86_400_000;

export interface EnvironmentOptions {
  /** @default "convert" */
  readonly list?: List;
  /** Where environments are kept for all projects: `sharedPlace`. */
  readonly root: string;
  /** Where earlier versions kept those of this project: one that fits is used, others are removed. */
  readonly own?: string;
  /** @default the trainer that travels with Towpath */
  readonly trainer?: string;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  readonly log: (line: string) => void;
  /** Added to the environment of Python and pip. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A virtual environment with the packages that the trainer runs with, at the versions that it is pinned to, made when
 * first needed and shared by all projects. One that was left half-made is made again; of two processes that need it at
 * once, one makes it and the other waits and shows how far it is.
 *
 * @returns the path of its Python
 * @throws TowpathError TOW_TRAIN_PYTHON_MISSING, or TOW_TRAIN_PYTHON_SETUP, _UNREACHABLE or _DISK_FULL
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<string> {
  const { root, own, signal, log, list = 'convert' } = options;
  const trainer = options.trainer ?? trainerDir;
  const { file, alone } = lists[list];
  const requirements = join(trainer, file);
  const text = await readFile(requirements, 'utf8');
  const earlier = own === undefined ? undefined : join(own, `${list}-${digestBytes(text).slice(0, 12)}`);
  if (earlier !== undefined && (await isReady(earlier))) return pythonIn(earlier);
  const python = await findPython({ signal, ...(options.env && { env: options.env }) });
  const folder = join(root, environmentName(list, text, python.version));
  if (await isReady(folder)) return used(folder);
  const shared = new SharedProgress(`${folder}.progress`);
  const make = async (): Promise<void> => {
    if (await isReady(folder)) return;
    await clearAway(folder);
    try {
      const progress = shared.sharing(options.progress);
      await installEnvironment(python, { ...options, folder, requirements, alone, progress });
    } finally {
      await shared.remove();
    }
    await writeFile(join(folder, 'ready'), `Python ${python.version}\n`);
    await removeUnused(root, list, log);
  };
  const onWait = (): void => {
    log('waiting for another process that makes the Python environment');
  };
  const whileWaiting = async (): Promise<void> => {
    const theirs = await shared.read();
    if (theirs) options.progress(theirs);
  };
  await mkdir(root, { recursive: true });
  await withFileLock(`${folder}.lock`, make, { signal, onWait, whileWaiting });
  if (own !== undefined && own !== root) await removeEarlier(own, list, folder, log);
  return used(folder);
}

/**
 * Where the environments of a project's steps are: the user's place, or the project's own when that cannot be written
 * to, which is said.
 */
export async function placesOf(
  projectDir: string,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<Pick<EnvironmentOptions, 'root' | 'own'>> {
  const own = projectPlace(projectDir);
  const root = sharedPlace(env);
  const hindrance = root === undefined ? 'HOME is not set' : await unwritable(root);
  if (root !== undefined && hindrance === undefined) return { root, own };
  const place = root === undefined ? '' : `${root} cannot be written to: `;
  log(`${place}${hindrance ?? ''}; this project gets a Python environment of its own in ${own}`);
  return { root: own, own };
}

function environmentName(list: List, requirements: string, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return `${list}-${digestBytes(`${requirements}\n${major}.${minor}`).slice(0, 12)}`;
}

/** Its marker tells when it was used last. */
async function used(folder: string): Promise<string> {
  const now = new Date();
  await utimes(join(folder, 'ready'), now, now).catch(() => undefined);
  return pythonIn(folder);
}

/** The marker is written last, and the interpreter it was made with must still start: a system upgrade may remove it. */
async function isReady(folder: string): Promise<boolean> {
  try {
    await readFile(join(folder, 'ready'));
    const check = await withDeadline(30_000, undefined, (signal) =>
      runChild(pythonIn(folder), ['-c', 'pass'], { signal, silence: 30_000 }),
    );
    return check.code === 0;
  } catch {
    return false;
  }
}

/** Environments for other versions of the list that no project has used for long. */
async function removeUnused(root: string, list: List, log: (line: string) => void): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(`${list}-`)) continue;
    const ready = await stat(join(root, name, 'ready')).catch(() => undefined);
    if (ready === undefined || Date.now() - ready.mtimeMs < unusedMs) continue;
    log(`removing ${join(root, name)}: unused for 90 days`);
    await rm(join(root, name), { recursive: true, force: true });
  }
}

/** What an earlier version made for this project alone, and nothing will ask for again. */
async function removeEarlier(
  own: string,
  list: List,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  for (const name of await readdir(own).catch(() => [])) {
    if (!name.startsWith(`${list}-`)) continue;
    log(
      `removing ${join(own, name)}: Python environments are shared by projects now, this one's is ${folder}`,
    );
    await rm(join(own, name), { recursive: true, force: true });
  }
}
