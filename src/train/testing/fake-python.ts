import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '../../core/digest.ts';
import { trainerDir } from '../python/trainer.ts';

/**
 * Puts a program where the project's Python for training is looked for, as if it had been installed. It is started with
 * `-m`, a module and that module's arguments, and keeps them in `calls.jsonl` beside the environments.
 *
 * @param script JavaScript that does the module's work: `args` are the arguments after the module, `fs` is node:fs
 */
export async function installFakePython(projectDir: string, script: string): Promise<string> {
  const requirements = await readFile(join(trainerDir, 'requirements-train.txt'), 'utf8');
  const root = join(projectDir, '.towpath', 'python');
  const folder = join(root, `train-${digestBytes(requirements).slice(0, 12)}`);
  await mkdir(join(folder, 'bin'), { recursive: true });
  const calls = join(root, 'calls.jsonl');
  const python = join(folder, 'bin', 'python');
  const body = [
    `#!${process.execPath}`,
    "const fs = require('node:fs');",
    'const [flag, program, ...args] = process.argv.slice(2);',
    "if (flag !== '-m') process.exit(0);",
    `fs.appendFileSync(${JSON.stringify(calls)}, JSON.stringify([program, ...args]) + '\\n');`,
    script,
  ];
  await writeFile(python, body.join('\n'));
  await chmod(python, 0o755);
  await writeFile(join(folder, 'ready'), 'Python 3.11.0\n');
  return calls;
}
