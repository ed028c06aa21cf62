import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { systemClock, type Clock } from '../core/clock.ts';
import { intake as everyFormat, type Intake } from '../data/ingest/intake.ts';
import { compiledModule } from '../flow/code/compiled.ts';
import { openFlow, type Flow } from '../flow/flow.ts';
import type { ProjectPlace } from '../project/find.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import { openStore, type Store } from '../store/open.ts';
import { ProjectTowpath } from './project-towpath.ts';
import { stateFolder } from './state-folder.ts';
import { refuseLinksOut } from './state-links.ts';
import type { Towpath } from './towpath.ts';

/**
 * Opens a project: its state folder is made when it is not there. The project file itself is read only by what needs it.
 *
 * @param env of its steps; names where the user's trust is kept
 * @param intake formats that sources may be in, where they are not just those of this version
 * @throws TOW_STORE_*
 */
export function openTowpath(
  place: ProjectPlace,
  env: Environment = process.env,
  clock: Clock = systemClock,
  intake: Intake = everyFormat,
): Promise<Towpath> {
  const state = stateFolder(place.dir, place.file);
  let opened: Promise<{ store: Store; flow: Flow }> | undefined;
  const towpath = new ProjectTowpath({
    place,
    state,
    clock,
    actor: actor(),
    intake,
    env,
    /** Opened on first use: a question to a running service needs no database. */
    engine: () => (opened ??= openEngine(place, state.dir, env, clock)),
    close: async () => await (await opened?.catch(() => undefined))?.store.close(),
  });
  return Promise.resolve(towpath);
}

const stepProgram = fileURLToPath(new URL('./programs/step.js', compiledModule(import.meta.url)));

async function openEngine(place: ProjectPlace, stateDir: string, env: Environment, clock: Clock) {
  await refuseLinksOut(place, env);
  const projectDir = place.dir;
  const store = await openStore({ dir: stateDir, clock });
  try {
    return { store, flow: await openFlow({ store, clock, projectDir, stateDir, env, program: stepProgram }) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function actor(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
