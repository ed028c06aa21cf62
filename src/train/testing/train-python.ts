import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestBytes } from '../../core/digest.ts';
import { trainerDir } from '../python/trainer.ts';

const script = fileURLToPath(new URL('../../../scripts/test-trainer.mjs', import.meta.url));

/**
 * Python of the environment that the tests of the trainer run in, with PyTorch; made when it is not there, which takes
 * minutes. `TOWPATH_TRAIN_PYTHON` names another one.
 *
 * @returns undefined on a machine without Python 3.11 or a package index: what needs it is skipped
 */
export function trainPython(): string | undefined {
  const given = process.env['TOWPATH_TRAIN_PYTHON'];
  if (given !== undefined && given !== '') return given;
  const { status, stdout } = spawnSync(process.execPath, [script, '--only-environment'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const python = stdout.trimEnd().split('\n').at(-1);
  return status === 0 && python !== undefined && existsSync(python) ? python : undefined;
}

/** Puts the environment of `python` where steps of a project look for it, so that none is made anew. */
export async function lendPython(python: string, projectDir: string): Promise<void> {
  const requirements = await readFile(join(trainerDir, 'requirements-train.txt'), 'utf8');
  const folder = join(projectDir, '.towpath', 'python', `train-${digestBytes(requirements).slice(0, 12)}`);
  // A folder of its own: a project that links out of itself there would need its user's trust.
  await mkdir(folder, { recursive: true });
  const environment = dirname(dirname(python));
  for (const name of await readdir(environment)) await symlink(join(environment, name), join(folder, name));
}
