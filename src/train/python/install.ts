import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SaidError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim, type Message } from '../../core/messages/message.ts';
import { identifyProcess, isAlive, pidOf } from '../../core/process-identity.ts';
import type { ReportProgress } from '../../contract/progress.ts';
import { bytesUnder } from './bytes-under.ts';
import { runChild, type ChildOptions, type ChildResult } from './child.ts';
import type { Python } from './find.ts';
import { PipOutput } from './pip-output.ts';

export interface InstallOptions {
  /** Folder of the environment; what belongs to its making lies beside it. */
  readonly folder: string;
  /** The list of packages. */
  readonly requirements: string;
  /** Whether the list names all that its packages need. */
  readonly alone: boolean;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  readonly log: (line: string) => void;
  /** Added to the environment of Python and pip. */
  readonly env?: Readonly<Record<string, string>>;
}

export function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** What a killed maker left: its pip may still run, and would write into what is made anew. */
export async function clearAway(folder: string): Promise<void> {
  const left = await readFile(installerFile(folder), 'utf8').catch(() => '');
  while (left !== '' && isAlive(left)) {
    process.kill(pidOf(left) ?? 0, 'SIGKILL');
    await sleep(20);
  }
  for (const path of [folder, scratchOf(folder), installerFile(folder)])
    await rm(path, { recursive: true, force: true });
}

/** Makes the virtual environment and installs the list into it. Leaves nothing when it fails. */
export async function installEnvironment(python: Python, options: InstallOptions): Promise<void> {
  try {
    const pip = await create(python, options);
    await install(pip, options);
  } catch (thrown) {
    await clearAway(options.folder);
    throw thrown;
  }
}

const scratchOf = (folder: string): string => `${folder}.downloading`;
const installerFile = (folder: string): string => `${folder}.installer`;

/** A program and the arguments that make it this environment's pip. */
interface Pip {
  readonly command: readonly [string, ...string[]];
  /** Whether it tells every quarter of a second how many bytes have come (pip 24.1 and newer). */
  readonly tellsBytes: boolean;
}

/**
 * Makes the bare environment. The Python it is made with lends its pip where it has one: giving the
 * environment a pip of its own takes longer than all the rest, and is what Debian splits off into another package.
 */
async function create(python: Python, options: InstallOptions): Promise<Pip> {
  const { folder, signal, progress, log, env } = options;
  progress({ done: 0, unit: 'files', note: say('train.making-environment') });
  log(`making a virtual environment with Python ${python.version} in ${folder}`);
  const call = { signal, silence: 180_000, ...(env && { env }) };
  const lent = await lendablePip(python, call);
  const venv = ['-m', 'venv', ...(lent === undefined ? [] : ['--without-pip']), folder];
  const result = await runChild(python.command, [...python.args, ...venv], { ...call, onLine: log });
  if (result.code !== 0) {
    if (/ensurepip|No module named venv/.test(result.tail.join('\n'))) {
      throw new TowpathError('TOW_TRAIN_PYTHON_MISSING', say('train.no-venv', { version: python.version }), {
        hint: say('train.install-venv'),
        cause: new Error(result.tail.join(' ')),
      });
    }
    throw setupFailure(say('train.venv-failed'), folder, result);
  }
  const own = pythonIn(folder);
  return lent === undefined
    ? { command: [own, '-m', 'pip'], tellsBytes: false }
    : { command: [own, lent.path], tellsBytes: lent.tellsBytes };
}

/**
 * The Python's pip in the form that another interpreter can run (pip 22.2 and newer). It must be this file: run as a
 * folder, pip would take its neighbours for packages of the environment, and not install them.
 */
async function lendablePip(
  python: Python,
  call: ChildOptions,
): Promise<{ readonly path: string; readonly tellsBytes: boolean } | undefined> {
  const ask =
    'import os, pip; path = os.path.join(os.path.dirname(pip.__file__), "__pip-runner__.py"); ' +
    'print("pip", pip.__version__, "in", path) if os.path.exists(path) else None';
  const { code, tail } = await runChild(python.command, [...python.args, '-c', ask], call);
  const said = code === 0 ? /^pip (\d+)\.(\d+)(?:[^\s\d]\S*)? in (.+)$/m.exec(tail.join('\n')) : null;
  if (said === null) return undefined;
  const [, major, minor, path = ''] = said;
  return { path, tellsBytes: Number(major) > 24 || (Number(major) === 24 && Number(minor) >= 1) };
}

const installArguments =
  'install --only-binary :all: --no-input --disable-pip-version-check --retries 3 --timeout 30';

async function install(pip: Pip, options: InstallOptions): Promise<void> {
  const { folder, requirements, alone, signal, progress, log, env } = options;
  const list = await readFile(requirements, 'utf8');
  const output = new PipOutput(list.split('\n').filter((line) => /^[A-Z0-9]/i.test(line)).length);
  const scratch = scratchOf(folder);
  await mkdir(scratch, { recursive: true });
  const [command, ...args] = pip.command;
  args.push(...installArguments.split(' '), '--progress-bar', pip.tellsBytes ? 'raw' : 'off');
  if (alone) args.push('--no-deps');
  /** Bytes that earlier files had left in the scratch folder when pip began the one that it downloads. */
  let before = 0;
  let last = 0;
  const result = await runChild(command, [...args, '--requirement', requirements], {
    signal,
    silence: 10 * 60_000,
    // pip writes into the temporary folder first: its growth is the only sign of life while PyTorch comes.
    env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONUTF8: '1', PYTHONUNBUFFERED: '1' },
    onStart: (pid) => {
      writeFileSync(installerFile(folder), identifyProcess(pid) ?? '');
    },
    pulse: async () => {
      if (output.unpacking) {
        const done = await packagesIn(folder);
        progress(output.unpacked(done));
        return -done;
      }
      last = await bytesUnder(scratch);
      const come = pip.tellsBytes ? undefined : output.downloaded(Math.max(0, last - before));
      if (come) progress(come);
      return last;
    },
    onLine(line) {
      const told = output.read(line);
      if (told?.unit === 'bytes' && told.done === 0) before = last;
      if (told) progress(told);
      if (!line.startsWith('Progress ')) log(line);
    },
  });
  if (result.code !== 0) throw setupFailure(say('train.packages-failed'), folder, result);
  for (const path of [scratch, installerFile(folder)]) await rm(path, { recursive: true, force: true });
  await writeFile(join(folder, 'requirements.txt'), list);
  progress({ done: 1, total: 1, unit: 'files', note: say('train.environment-ready') });
}

/** pip writes a package's record when the package is in place. */
async function packagesIn(folder: string): Promise<number> {
  const library = join(folder, process.platform === 'win32' ? 'Lib' : 'lib');
  const places = process.platform === 'win32' ? [''] : await readdir(library);
  let count = 0;
  for (const place of places) {
    const names = await readdir(join(library, place, 'site-packages'));
    count += names.filter((name) => name.endsWith('.dist-info')).length;
  }
  return count;
}

function setupFailure(what: Message, folder: string, { tail, code, silent }: ChildResult): TowpathError {
  const said = silent ? say('train.silent') : (tail.findLast((line) => /^ERROR:/.test(line)) ?? tail.at(-1));
  const cause = new SaidError(verbatim(said ?? say('train.ended', { status: String(code) })));
  const all = tail.join('\n');
  if (/No space left on device|Disk quota exceeded|\[Errno (?:28|122)\]/.test(all)) {
    return new TowpathError('TOW_TRAIN_PYTHON_DISK_FULL', say('train.environment-disk', { folder }), {
      cause,
    });
  }
  // pip ends with "no matching distribution" when it could not even ask.
  if (/connection broken by|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|NameResolution/.test(all)) {
    return new TowpathError('TOW_TRAIN_PYTHON_UNREACHABLE', say('train.environment-unreachable'), { cause });
  }
  return new TowpathError('TOW_TRAIN_PYTHON_SETUP', say('train.no-environment', { what }), {
    cause,
  });
}
