import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { say, type Message } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import { bytesUnder } from '../../train/python/bytes-under.ts';
import { projectPlace, sharedPlace, unwritable } from '../../train/python/place.ts';
import type { Check } from './check.ts';

const run = promisify(execFile);

/** Newest first where several are there; plain names last, as they may be anything. */
const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];

const question = `
import sys, importlib.util as u
print(sys.version_info[0], sys.version_info[1], sys.version_info[2], int(u.find_spec("venv") is not None), int(u.find_spec("ensurepip") is not None))
`;

interface Python {
  readonly name: string;
  readonly version: readonly [number, number, number];
  readonly venv: boolean;
}

/** Python 3.11 or newer that can make virtual environments with pip: needed for `pip:` models and for training. */
export async function checkPython(
  env: Readonly<Record<string, string | undefined>>,
  needed: boolean,
): Promise<Check> {
  const title = 'python';
  const found: Python[] = [];
  for (const name of process.platform === 'win32' ? ['py', ...names] : names) {
    const python = await ask(name, env);
    if (python && isNewEnough(python) && python.venv)
      return { name: title, state: 'ok', found: describe(python) };
    if (python) found.push(python);
  }
  const best = found.find(isNewEnough) ?? found[0];
  return {
    name: title,
    state: needed ? 'fail' : 'warn',
    ...(needed && { lacks: 'machine' as const }),
    found:
      best === undefined
        ? say('train.no-python')
        : say(isNewEnough(best) ? 'doctor.python-no-venv' : 'doctor.python-old', { python: describe(best) }),
    fix: best !== undefined && isNewEnough(best) ? venvFix(best) : installFix,
  };
}

/** Where the packages of Python steps are, PyTorch among them, and what they take on the disk. */
export async function checkPythonEnvironments(
  env: Readonly<Record<string, string | undefined>>,
  dir: string | undefined,
): Promise<Check> {
  const name = say('doctor.packages');
  const shared = sharedPlace(env);
  const why = shared === undefined ? undefined : await unwritable(shared);
  const places = [shared, dir && projectPlace(dir)].filter((place) => place !== undefined);
  const held = (await Promise.all(places.map(describePlace))).filter((text) => text !== undefined);
  const found =
    held.length > 0
      ? held.reduceRight((rest, first) => say('doctor.places', { first, rest }))
      : say('doctor.no-environment', { place: shared ?? say('doctor.each-project') });
  if (shared !== undefined && why === undefined) return { name, state: 'ok', found };
  return {
    name,
    state: 'warn',
    found:
      shared === undefined
        ? say('doctor.no-home', { found })
        : say('doctor.home-unwritable', { found, place: shared, why: why ?? '' }),
    fix: say('doctor.home-fix'),
  };
}

async function describePlace(place: string): Promise<Message | undefined> {
  const names = (await readdir(place).catch(() => [])).filter((name) =>
    /^(?:convert|train)-[0-9a-f]+$/.test(name),
  );
  if (names.length === 0) return undefined;
  const environments = say('doctor.environments', { n: names.length });
  return say('doctor.environments-in', { environments, size: formatBytes(await bytesUnder(place)), place });
}

const installFix = say(process.platform === 'darwin' ? 'doctor.python-fix-mac' : 'doctor.python-fix');

function venvFix({ version: [major, minor] }: Python): Message {
  return say('doctor.venv-fix', { version: `${major}.${minor}` });
}

async function ask(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Python | undefined> {
  try {
    const { stdout } = await run(name, ['-c', question], { timeout: 10_000, env: { ...env } });
    const [major = 0, minor = 0, patch = 0, venv = 0, ensurepip = 0] = stdout.trim().split(' ').map(Number);
    return { name, version: [major, minor, patch], venv: venv === 1 && ensurepip === 1 };
  } catch {
    // Not there, or a stand-in that only says how to install it.
    return undefined;
  }
}

function isNewEnough({ version: [major, minor] }: Python): boolean {
  return major === 3 && minor >= 11;
}

function describe({ name, version }: Python): string {
  return `Python ${version.join('.')} (${name})`;
}
