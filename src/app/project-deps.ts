import type { Clock } from '../core/clock.ts';
import type { Intake } from '../data/ingest/intake.ts';
import type { Flow } from '../flow/flow.ts';
import type { ProjectPlace } from '../project/find.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import type { Store } from '../store/open.ts';
import type { StateFolder } from './state-folder.ts';

/** What the commands of one project work with. */
export interface ProjectDeps {
  readonly place: ProjectPlace;
  readonly state: StateFolder;
  readonly clock: Clock;
  readonly actor: string;
  readonly intake: Intake;
  /** Names where the user's trust is kept. */
  readonly env: Environment;
  /** The records and the engine, opened on first use. */
  readonly engine: () => Promise<{ readonly store: Store; readonly flow: Flow }>;
  close(): Promise<void>;
}
