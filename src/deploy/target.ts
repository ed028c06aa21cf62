import type { Json } from '../core/canonical-json.ts';

/** Where and how a replica is reached once it is ready. */
export interface Endpoint {
  readonly url: string;
  /** Bearer token that the replica asks for. */
  readonly token: string;
  /** What the replica says about itself when it is ready. */
  readonly info: unknown;
}

/** What to run; the same on every target. */
export interface ReplicaSpec {
  /** Path of the program: a module that takes `{ type: 'start', token, settings }` over IPC. */
  readonly program: string;
  /** Settings for the program; the target adds nothing to them. */
  readonly settings: Json;
  /** Milliseconds until it must be ready. @default 120000 */
  readonly startWithin?: number;
}

/** How an instance ended. */
export interface InstanceEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines it wrote to its standard error. */
  readonly lastWords: string;
}

/** One running replica. */
export interface Instance {
  readonly pid: number;
  readonly endpoint: Endpoint;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<InstanceEnd>;
  /** Asks it to end, and makes it after `grace` milliseconds; resolves when it and all its children are gone. */
  stop(grace: number): Promise<void>;
}

/** A place that replicas run in: this machine now, a cluster later. */
export interface DeployTarget {
  readonly kind: string;
  /**
   * Starts a replica and waits until it is ready.
   *
   * @throws what the program reported, TOW_DEPLOY_REPLICA_CRASHED when it ended first, TOW_DEPLOY_REPLICA_NOT_READY
   * when it took too long, or the signal's reason; whatever it throws, nothing is left running
   */
  start(spec: ReplicaSpec, options: { signal: AbortSignal; log?: (line: string) => void }): Promise<Instance>;
}
