import { access, constants, lstat, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asTowpathError, textOf } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { loadProject } from '../../project/load.ts';
import { problemsOf } from '../../project/problem.ts';
import type { Section } from '../../project/section.ts';
import type { Environment } from '../../project/trust/trust-file.ts';
import { notAFolder } from '../../store/make-folder.ts';
import type { Check } from './check.ts';
import { readService } from '../service-file.ts';

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
  const name = say('doctor.project');
  if (dir === undefined) {
    const [found, fix] = [say('doctor.no-project'), say('doctor.no-project-fix')];
    return { ...unknown, check: { name, state: 'warn', found, fix } };
  }
  try {
    const { values, file } = await loadProject(dir, await sections(), env);
    const serve = values['serve'] as Partial<typeof unknown> | undefined;
    return {
      check: { name, state: 'ok', found: say('doctor.valid', { file }) },
      host: serve?.host ?? unknown.host,
      port: serve?.port ?? unknown.port,
      needsPython: JSON.stringify(values['models'] ?? {}).includes('"pip":'),
    };
  } catch (thrown) {
    const error = asTowpathError(thrown);
    const [first] = problemsOf(error);
    const found =
      first === undefined
        ? textOf(error)
        : say('doctor.first-problem', {
            ...{ error: textOf(error), line: first.line, field: first.field },
            problem: first.texts?.message ?? first.message,
          });
    return {
      ...unknown,
      check: { name, state: 'fail', lacks: 'project', found, fix: say('doctor.see-validate') },
    };
  }
}

/** Whether state can be written beside the project file. */
export async function checkFolder(dir: string): Promise<Check> {
  const name = say('doctor.folder');
  const state = join(dir, '.towpath');
  const inTheWay = notAFolder(state);
  if (inTheWay !== undefined)
    return { name, state: 'fail', lacks: 'project', found: textOf(inTheWay), fix: inTheWay.hint };
  const target = await access(state).then(
    () => state,
    () => dir,
  );
  try {
    await access(target, constants.W_OK | constants.X_OK);
    // Permission bits tell little on read-only and network file systems: writing does.
    await rm(await mkdtemp(join(target, '.doctor-')), { recursive: true });
    return { name, state: 'ok', found: say('doctor.writable', { folder: target }) };
  } catch (error) {
    return {
      name,
      state: 'fail',
      lacks: 'machine',
      found: say('doctor.unwritable', {
        folder: target,
        why: (error as NodeJS.ErrnoException).code ?? String(error),
      }),
      fix: say('doctor.unwritable-fix', { folder: target }),
    };
  }
}

/** Whether a service that ended without a word has left its record behind. */
export async function checkLock(path: string): Promise<Check> {
  const name = say('doctor.service');
  const left = await lstat(path).catch(() => undefined);
  if (left === undefined) return { name, state: 'ok', found: say('doctor.not-running') };
  const service = await readService(path);
  if (service)
    return { name, state: 'ok', found: say('doctor.running', { url: service.url, pid: service.pid }) };
  return {
    name,
    state: 'warn',
    found: say('doctor.left-over', { path }),
    fix: say('doctor.left-over-fix'),
  };
}
