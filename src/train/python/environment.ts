import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withDeadline } from '../../core/deadline.ts';
import { digestBytes } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { ReportProgress } from '../../core/progress.ts';
import { bytesUnder } from './bytes-under.ts';
import { runChild, type ChildOptions, type ChildResult } from './child.ts';
import { findPython, type Python } from './find.ts';
import { withLock } from './lock.ts';
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

export interface EnvironmentOptions {
  /** @default "convert" */
  readonly list?: List;
  /** Where environments are kept: `<project>/.towpath/python`. */
  readonly root: string;
  /** @default the trainer that travels with Towpath */
  readonly trainer?: string;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  log(line: string): void;
  /** Added to the environment of Python and pip. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A virtual environment with the packages that the trainer runs with, at the versions that it is pinned to, made when first needed. One that was
 * left half-made is made again; of two processes that need it at once, one makes it and the other waits.
 *
 * @returns the path of its Python
 * @throws TowpathError TOW_TRAIN_PYTHON_MISSING or TOW_TRAIN_PYTHON_SETUP
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<string> {
  const { root, signal, log, list = 'convert' } = options;
  const trainer = options.trainer ?? trainerDir;
  const requirements = await readFile(join(trainer, lists[list].file), 'utf8');
  const name = `${list}-${digestBytes(requirements).slice(0, 12)}`;
  const folder = join(root, name);
  if (await isReady(folder)) return pythonIn(folder);
  const make = async (): Promise<void> => {
    if (await isReady(folder)) return;
    await rm(folder, { recursive: true, force: true });
    const python = await findPython({ signal, ...(options.env && { env: options.env }) });
    const installer = await create(python, folder, options);
    await install(installer, trainer, requirements, { ...options, list });
    await writeFile(join(folder, 'ready'), `Python ${python.version}\n`);
    await removeOthers(root, list, name);
  };
  const onWait = (): void => {
    log('waiting for another process that makes the Python environment');
  };
  await withLock(join(root, 'lock'), make, { signal, onWait });
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

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** A program and the arguments that make it this environment's pip. */
type Installer = readonly [command: string, ...args: string[]];

/**
 * Makes the bare environment. The Python it is made with lends its pip where it has one: giving the
 * environment a pip of its own takes longer than all the rest, and is what Debian splits off into another package.
 */
async function create(python: Python, folder: string, options: EnvironmentOptions): Promise<Installer> {
  const { signal, progress, log, env } = options;
  progress({ done: 0, unit: 'files', note: 'making a Python environment' });
  log(`making a virtual environment with Python ${python.version}`);
  const call = { signal, silence: 180_000, ...(env && { env }) };
  const lent = await lendablePip(python, call);
  const venv = ['-m', 'venv', ...(lent === undefined ? [] : ['--without-pip']), folder];
  const result = await runChild(python.command, [...python.args, ...venv], { ...call, onLine: log });
  if (result.code !== 0) {
    if (/ensurepip|No module named venv/.test(result.tail.join('\n'))) {
      throw new TowpathError(
        'TOW_TRAIN_PYTHON_MISSING',
        `Python ${python.version} cannot make virtual environments`,
        {
          hint: 'Install its modules: `apt install python3-venv python3-pip`.',
          cause: new Error(result.tail.join(' ')),
        },
      );
    }
    throw setupFailure('the virtual environment cannot be made', result);
  }
  const own = pythonIn(folder);
  return lent === undefined ? [own, '-m', 'pip'] : [own, lent];
}

/**
 * The Python's pip in the form that another interpreter can run (pip 22.2 and newer). It must be this file: run as a
 * folder, pip would take its neighbours for packages of the environment, and not install them.
 */
async function lendablePip(python: Python, call: ChildOptions): Promise<string | undefined> {
  const ask =
    'import os, pip; path = os.path.join(os.path.dirname(pip.__file__), "__pip-runner__.py"); ' +
    'print("pip in", path) if os.path.exists(path) else None';
  const { code, tail } = await runChild(python.command, [...python.args, '-c', ask], call);
  return code === 0 ? /^pip in (.+)$/m.exec(tail.join('\n'))?.[1] : undefined;
}

const installArguments =
  'install --only-binary :all: --no-input --disable-pip-version-check --progress-bar off --retries 3 --timeout 30';

async function install(
  [command, ...pip]: Installer,
  trainer: string,
  requirements: string,
  { root, list, signal, progress, log, env }: EnvironmentOptions & { readonly list: List },
): Promise<void> {
  const { file, alone } = lists[list];
  const listed = requirements.split('\n').filter((line) => /^[A-Za-z0-9]/.test(line)).length;
  const scratch = join(root, 'downloading');
  await mkdir(scratch, { recursive: true });
  let done = 0;
  let note = 'installing';
  const result = await runChild(
    command,
    [
      ...pip,
      ...installArguments.split(' '),
      ...(alone ? ['--no-deps'] : []),
      '--requirement',
      join(trainer, file),
    ],
    {
      signal,
      silence: 10 * 60_000,
      // pip writes into the temporary folder first: its growth is the only sign of life while PyTorch comes.
      env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONUTF8: '1' },
      pulse: () => bytesUnder(scratch),
      onLine(line) {
        log(line);
        const name = /^(?:Collecting|Processing) (\S+)/.exec(line)?.[1];
        if (name === undefined) return;
        note = `installing ${basename(name).split('-', 2).join(' ')}`;
        progress({ done, total: Math.max(listed, done + 1), unit: 'files', note });
        done += 1;
      },
    },
  ).finally(() => rm(scratch, { recursive: true, force: true }));
  if (result.code !== 0) throw setupFailure('its packages cannot be installed', result);
  progress({ done, total: done, unit: 'files', note: 'Python environment ready' });
}

function setupFailure(what: string, { tail, code, silent }: ChildResult): TowpathError {
  const said = silent
    ? 'it said nothing for minutes'
    : (tail.findLast((line) => /^ERROR:/.test(line)) ?? tail.at(-1));
  return new TowpathError('TOW_TRAIN_PYTHON_SETUP', `the Python environment is not there: ${what}`, {
    cause: new Error(said ?? `it ended with status ${String(code)}`),
  });
}

/** Environments of other versions of the list: nothing will ask for them again. */
async function removeOthers(root: string, list: List, kept: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (name !== kept && name.startsWith(`${list}-`))
      await rm(join(root, name), { recursive: true, force: true });
  }
}
