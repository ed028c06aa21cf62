// Tests the Python package: node scripts/test-trainer.mjs [arguments for pytest]
// Makes a virtual environment with pinned versions in the system's temporary folder (kept for the next time), runs
// ruff and pytest in it. Exits with 4 when the machine has no Python 3.11 or newer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const trainer = fileURLToPath(new URL('../trainer', import.meta.url));
const lists = ['requirements.txt', 'requirements-test.txt'].map((name) =>
  readFileSync(join(trainer, name), 'utf8'),
);

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

if (!existsSync(ready)) {
  rmSync(venv, { recursive: true, force: true });
  console.log(`trainer: making a virtual environment in ${venv}`);
  const [command, ...args] = found;
  const made = run(command, [...args, '-m', 'venv', venv]);
  const install =
    '-m pip install --quiet --no-deps --only-binary :all: --no-input --disable-pip-version-check'.split(' ');
  if (made !== 0 || run(python, [...install, '--requirement', 'requirements-test.txt']) !== 0) {
    console.error('trainer: the virtual environment could not be made; see the lines above');
    process.exit(4);
  }
  writeFileSync(ready, '');
}

for (const args of [
  ['-m', 'ruff', 'check', '--quiet', '.'],
  ['-m', 'ruff', 'format', '--quiet', '--check', '.'],
  ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider', ...process.argv.slice(2)],
]) {
  const status = run(python, args, { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  if (status !== 0) {
    console.error(`trainer: ${args[1]} ${args[2]} failed`);
    process.exit(1);
  }
}
console.log('trainer: lint, format and tests pass');
