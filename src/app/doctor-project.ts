import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asTowpathError } from '../core/errors/towpath-error.ts';
import { loadProject } from '../project/load.ts';
import { problemsOf } from '../project/problem.ts';
import type { Section } from '../project/section.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import type { Check } from './doctor-check.ts';
import { readService } from './service-file.ts';

/** What the project file says that other checks need; defaults where it cannot be read. */
export interface ProjectFacts {
  readonly check: Check;
  readonly host: string;
  readonly port: number;
  readonly needsPython: boolean;
}

const unknown = { host: '127.0.0.1', port: 7411, needsPython: false };

export async function checkProjectFile(
  dir: string | undefined,
  sections: () => Promise<readonly Section[]>,
  env: Environment,
): Promise<ProjectFacts> {
  const name = 'project';
  if (dir === undefined) {
    const found = 'no towpath.yaml here or above';
    return { ...unknown, check: { name, state: 'warn', found, fix: 'write one with `towpath init`' } };
  }
  try {
    const { values, file } = await loadProject(dir, await sections(), env);
    const serve = values['serve'] as Partial<typeof unknown> | undefined;
    return {
      check: { name, state: 'ok', found: `${file} is valid` },
      host: serve?.host ?? unknown.host,
      port: serve?.port ?? unknown.port,
      needsPython: JSON.stringify(values['models'] ?? {}).includes('"pip":'),
    };
  } catch (thrown) {
    const error = asTowpathError(thrown);
    const [first] = problemsOf(error);
    const detail =
      first === undefined ? '' : `; first at line ${first.line}: ${first.field} ${first.message}`;
    return {
      ...unknown,
      check: {
        name,
        state: 'fail',
        lacks: 'project',
        found: `${error.message}${detail}`,
        fix: 'see `towpath validate`',
      },
    };
  }
}

/** Whether state can be written beside the project file. */
export async function checkFolder(dir: string): Promise<Check> {
  const name = 'folder';
  const state = join(dir, '.towpath');
  const target = await access(state).then(
    () => state,
    () => dir,
  );
  try {
    await access(target, constants.W_OK | constants.X_OK);
    // Permission bits tell little on read-only and network file systems: writing does.
    await rm(await mkdtemp(join(target, '.doctor-')), { recursive: true });
    return { name, state: 'ok', found: `${target} can be written` };
  } catch (error) {
    return {
      name,
      state: 'fail',
      lacks: 'machine',
      found: `${target} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      fix: `give yourself write permission: chown or chmod ${target}, or move the project`,
    };
  }
}

/** Whether a service that ended without a word has left its record behind. */
export async function checkLock(path: string): Promise<Check> {
  const name = 'service';
  const left = await readFile(path, 'utf8').catch(() => undefined);
  if (left === undefined) return { name, state: 'ok', found: 'not running' };
  const service = await readService(path);
  if (service) return { name, state: 'ok', found: `running at ${service.url}, pid ${service.pid}` };
  return {
    name,
    state: 'warn',
    found: `${path} was left by a service that ended without a word`,
    fix: 'nothing to do: the next `towpath up` takes over',
  };
}
