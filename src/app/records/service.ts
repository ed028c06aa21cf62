import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Observer } from '../events.ts';
import type { HeldBack } from '../service/held-back.ts';
import type { ReleaseRecord } from './release.ts';
import type { RunRecord } from './run.ts';

export interface ServeOptions {
  /** Instead of `serve.port`. */
  readonly port?: number;
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

export interface UpOptions extends ServeOptions {
  /** Reruns when a source or the project file changes. @default true */
  readonly watch?: boolean;
}

export interface ServiceRecord {
  readonly pid: number;
  /** `http://127.0.0.1:7411`. */
  readonly url: string;
  readonly port: number;
  readonly started: string;
  /** Absent while the first release is being made. */
  readonly release?: string;
  readonly replicas: readonly ReplicaRecord[];
}

export interface ReplicaRecord {
  readonly pid: number;
  readonly state: 'starting' | 'ready' | 'unresponsive' | 'draining' | 'failed';
  readonly release: string;
  readonly busy?: number;
  readonly slots?: number;
}

export interface StatusRecord {
  readonly dir: string;
  readonly live?: ReleaseRecord;
  /** Why the live release is not the newest; absent when it is. */
  readonly heldBack?: HeldBack;
  readonly service?: ServiceRecord;
  readonly lastRun?: RunRecord;
  /** Runs that go on at other machines, as far as is known here. */
  readonly elsewhere?: readonly RunRecord[];
  /** What is wrong with the ledger or the live release; absent when nothing is. */
  readonly problems?: readonly ErrorRecord[];
}
