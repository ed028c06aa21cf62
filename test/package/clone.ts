import { execFileSync } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What working in a clone leaves behind, by folders that ship and folders that do not. */
export const leftovers = [
  'examples/handbook/.towpath/records/towpath.db',
  'examples/handbook/.towpath/artifacts/model.gguf',
  'examples/tiny-lm/.towpath/python/ready',
  'examples/handbook/docs/.towpath/x.md',
  'trainer/src/towpath_trainer/__pycache__/train.cpython-311.pyc',
  'trainer/src/towpath_trainer/loop/__pycache__/step.cpython-311.pyc',
  'trainer/src/towpath_trainer.egg-info/PKG-INFO',
  'trainer/.pytest_cache/README.md',
  'trainer/.venv/bin/python',
  'dist/app/gone.js',
  'coverage/index.html',
];

/** A clone in which nothing was built yet, but somebody worked: the tracked files, the packages, and leftovers. */
export async function makeClone(folder: string): Promise<void> {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const path of tracked.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(repository, path), join(folder, path));
  }
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  for (const path of leftovers) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), Buffer.alloc(100_000, path));
  }
}
