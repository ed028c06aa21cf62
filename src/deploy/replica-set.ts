import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import {
  SupervisedReplica,
  type ReplicaConnection,
  type ReplicaState,
  type Supervision,
} from './supervised-replica.ts';

export interface ReplicaSetOptions<C extends ReplicaConnection> extends Supervision<C> {
  /** How many replicas. */
  readonly count: number;
  /** Whether another replica may be tried after this error. @default lost replicas and full ones */
  readonly retryable?: (error: unknown) => boolean;
  /** Milliseconds between SIGTERM and SIGKILL. @default 3000 */
  readonly grace?: number;
}

export interface ReplicaStatus {
  readonly replica: number;
  readonly state: ReplicaState;
  readonly pid?: number;
  readonly inFlight: number;
  readonly error?: TowpathError;
}

/** The replicas of one release: kept running, given work, drained and stopped together. */
export class ReplicaSet<C extends ReplicaConnection> {
  readonly #replicas: readonly SupervisedReplica<C>[];
  readonly #retryable: (error: unknown) => boolean;
  readonly #grace: number;
  #draining = false;
  #idle: (() => void)[] = [];

  constructor(options: ReplicaSetOptions<C>) {
    this.#replicas = Array.from({ length: options.count }, (_, at) => new SupervisedReplica(at + 1, options));
    this.#retryable = options.retryable ?? lostOrFull;
    this.#grace = options.grace ?? 3000;
  }

  /** Starts all; resolves when all are ready. When one is given up, stops the others and rejects with its error. */
  async start(signal: AbortSignal = new AbortController().signal): Promise<void> {
    const abandon = () => void this.stop();
    signal.addEventListener('abort', abandon, { once: true });
    try {
      await Promise.all(this.#replicas.map((replica) => replica.start()));
      signal.throwIfAborted();
    } catch (error) {
      await this.stop();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  status(): ReplicaStatus[] {
    return this.#replicas.map(({ number, state, pid, inFlight, error }) => ({
      replica: number,
      state,
      inFlight,
      ...(pid !== undefined && { pid }),
      ...(error !== undefined && { error }),
    }));
  }

  get inFlight(): number {
    return this.#replicas.reduce((sum, replica) => sum + replica.inFlight, 0);
  }

  /** Does one unit of work on the least busy replica; on another when that one is lost or full before it answered. */
  async run<T>(work: (client: C) => Promise<T>, signal: AbortSignal): Promise<T> {
    const tried = new Set<SupervisedReplica<C>>();
    for (;;) {
      const [replica, client] = this.#pick(tried, signal);
      try {
        replica.inFlight++;
        const result = await work(client);
        replica.heard();
        return result;
      } catch (error) {
        if (!this.#another(error, tried.add(replica), signal)) throw error;
      } finally {
        this.#done(replica);
      }
    }
  }

  /**
   * Streams from the least busy replica. Another is tried only as long as nothing was handed out: after the first
   * item a second try would repeat text, so the failure is passed on.
   */
  async *stream<T>(work: (client: C) => AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
    const tried = new Set<SupervisedReplica<C>>();
    for (;;) {
      const [replica, client] = this.#pick(tried, signal);
      let begun = false;
      try {
        replica.inFlight++;
        for await (const item of work(client)) {
          begun = true;
          replica.heard();
          yield item;
        }
        return;
      } catch (error) {
        if (begun || !this.#another(error, tried.add(replica), signal)) throw error;
      } finally {
        this.#done(replica);
      }
    }
  }

  /** Takes no new work, and waits at most `within` milliseconds for what is under way. True when all of it ended. */
  async drain(within: number): Promise<boolean> {
    this.#draining = true;
    if (this.inFlight === 0) return true;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => this.#idle.push(resolve)),
      new Promise<void>((resolve) => (timer = setTimeout(resolve, within))),
    ]);
    clearTimeout(timer);
    return this.inFlight === 0;
  }

  /** Ends all replicas; what is still under way is cut off. */
  async stop(): Promise<void> {
    this.#draining = true;
    await Promise.all(this.#replicas.map((replica) => replica.stop(this.#grace)));
  }

  #pick(tried: ReadonlySet<SupervisedReplica<C>>, signal: AbortSignal): [SupervisedReplica<C>, C] {
    signal.throwIfAborted();
    if (this.#draining) throw new TowpathError('TOW_DEPLOY_NO_REPLICA', say('deploy.stopping'));
    const [best] = this.#replicas
      .filter((replica) => replica.ready && !tried.has(replica))
      .sort((left, right) => left.inFlight - right.inFlight);
    if (best?.connection === undefined) {
      const states = this.#replicas.map(({ state }) => say(`deploy.${state}`));
      throw new TowpathError('TOW_DEPLOY_NO_REPLICA', say('deploy.none-ready', { states }));
    }
    return [best, best.connection];
  }

  #another(error: unknown, tried: ReadonlySet<SupervisedReplica<C>>, signal: AbortSignal): boolean {
    if (signal.aborted || this.#draining || !this.#retryable(error)) return false;
    return this.#replicas.some((replica) => replica.ready && !tried.has(replica));
  }

  #done(replica: SupervisedReplica<C>): void {
    replica.inFlight--;
    if (this.inFlight > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function lostOrFull(error: unknown): boolean {
  return (
    error instanceof TowpathError &&
    (error.code === 'TOW_SERVE_REPLICA_UNAVAILABLE' || error.code === 'TOW_SERVE_REPLICA_BUSY')
  );
}

/** Threads for each replica: the cores divided among them, at least one. */
export function threadsPerReplica(cores: number, replicas: number): number {
  return Math.max(1, Math.floor(cores / replicas));
}
