import { stat } from 'node:fs/promises';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { ProjectPlace } from '../project/find.ts';
import { findProjectsBelow } from '../project/find-below.ts';
import { readService } from './service-file.ts';
import { stateFolder } from './state-folder.ts';

/**
 * The project below a folder that was worked with: the one that is being served, else the only one that has a state.
 * Undefined when none has. A guess among several could act on the wrong one.
 *
 * @param command how the command of the user reads for a certain project, for the error that lists them
 * @throws TOW_PROJECT_SEVERAL
 */
export async function usedProjectBelow(
  cwd: string,
  command: (dir: string) => string,
): Promise<ProjectPlace | undefined> {
  const used: ProjectPlace[] = [];
  const served: ProjectPlace[] = [];
  for (const place of await findProjectsBelow(cwd)) {
    const state = stateFolder(place.dir, place.file);
    if (!(await stat(state.dir).catch(() => undefined))?.isDirectory()) continue;
    used.push(place);
    if ((await readService(state.serviceFile)) !== undefined) served.push(place);
  }
  const chosen = served.length > 0 ? served : used;
  const [only] = chosen;
  if (chosen.length <= 1) return only;
  throw new TowpathError(
    'TOW_PROJECT_SEVERAL',
    say(served.length > 0 ? 'app.several-served' : 'app.several-in-use', { dir: cwd, count: chosen.length }),
    {
      hint: say('app.name-one', {
        commands: chosen.map(({ dir }) => say('app.command', { command: command(dir) })),
      }),
      data: { projects: chosen.map(({ dir }) => dir) },
    },
  );
}
