// Tests the Python package: node scripts/test-trainer.mjs [arguments for pytest]
// Makes a virtual environment with pinned versions in the system's temporary folder (kept for the next time), runs
// ruff and pytest in it. Exits with 4 when the machine has no Python 3.11 or newer.
// With --only-environment it stops when the environment is there, and writes the path of its Python as the last line.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const trainer = fileURLToPath(new URL('../trainer', import.meta.url));
const lists = ['requirements.txt', 'requirements-train.txt', 'requirements-test.txt'].map((name) =>
  readFileSync(join(trainer, name), 'utf8'),
);
const [only, ...rest] = process.argv.slice(2);
const onlyEnvironment = only === '--only-environment';

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: trainer, ...options });
  return error === undefined ? status : error.code;
}

const isNewEnough = 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)';
const found = [['python3'], ['python'], ['py', '-3']].find(
  ([command, ...args]) => run(command, [...args, '-c', isNewEnough], { stdio: 'ignore' }) === 0,
);
if (found === undefined) {
  console.error('trainer: no Python 3.11 or newer on the PATH; install one to test the Python package');
  process.exit(4);
}

const key = createHash('sha256')
  .update(lists.join('\n') + found.join(' '))
  .digest('hex')
  .slice(0, 12);
const venv = join(tmpdir(), `towpath-trainer-${userInfo().username}-${key}`);
const python =
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');
const ready = join(venv, 'ready');

function make() {
  rmSync(venv, { recursive: true, force: true });
  console.error(`trainer: making a virtual environment with PyTorch in ${venv}; this takes minutes, once`);
  const [command, ...args] = found;
  const made = run(command, [...args, '-m', 'venv', venv]);
  const install = '-m pip install --only-binary :all: --no-input --disable-pip-version-check';
  // What pip downloads is shown, but not on the standard output: its last line is the path.
  const shown = { stdio: ['inherit', process.stderr, process.stderr] };
  if (
    made !== 0 ||
    run(python, [...install.split(' '), '--requirement', 'requirements-test.txt'], shown) !== 0
  ) {
    console.error('trainer: the virtual environment could not be made; see the lines above');
    return false;
  }
  writeFileSync(ready, '');
  return true;
}

// Two test files may need it at once: one makes it, the others wait. A lock of a process that died is taken over.
const lock = `${venv}.lock`;

function isHeld() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    return false;
  }
}

function ownerLives() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // No such process; a lock whose pid is not written yet is a second old at most.
    return error.code !== 'ESRCH';
  }
}

function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

while (!existsSync(ready)) {
  if (isHeld()) {
    const made = existsSync(ready) || make();
    rmSync(lock, { recursive: true, force: true });
    if (!made) process.exit(4);
  } else if (!ownerLives()) rmSync(lock, { recursive: true, force: true });
  else pause();
}

if (onlyEnvironment) {
  console.log(python);
  process.exit(0);
}

console.error('trainer: lint, format and tests');
for (const args of [
  ['-m', 'ruff', 'check', '--quiet', '.'],
  ['-m', 'ruff', 'format', '--quiet', '--check', '.'],
  ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider', ...(only === undefined ? [] : [only, ...rest])],
]) {
  const status = run(python, args, { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  if (status !== 0) {
    console.error(`trainer: ${args[1]} ${args[2]} failed`);
    process.exit(1);
  }
}
console.log('trainer: lint, format and tests pass');
