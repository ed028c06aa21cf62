import type { Clock } from '../core/clock.ts';
import { hasAborted, withDeadline } from '../core/deadline.ts';
import { asTowpathError, SaidError, TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { duration } from '../core/messages/duration.ts';
import { crashed } from './crashed.ts';
import { Restarts, type RestartPolicy } from './restarts.ts';
import type { DeployTarget, Endpoint, Instance, ReplicaSpec } from './target.ts';
import { WorkWatch, type Vitals, type WorkLimits } from './vitals.ts';

/** What a supervisor needs of a client of its replicas. */
export interface ReplicaConnection {
  /** Rejects when the replica does not answer. */
  health(signal: AbortSignal): Promise<Vitals>;
  close(): Promise<void>;
}

/** `unresponsive`: it lives, but did not answer when it was looked at last; it gets no work until it does. */
export type ReplicaState = 'starting' | 'ready' | 'unresponsive' | 'waiting' | 'failed' | 'stopped';

export type ReplicaEvent =
  | { readonly event: 'starting' | 'ready' | 'stopped'; readonly replica: number; readonly pid?: number }
  /** `retryIn` is left out when it is given up. */
  | {
      readonly event: 'failed';
      readonly replica: number;
      readonly error: TowpathError;
      readonly retryIn?: number;
    };

export interface Supervision<C extends ReplicaConnection> {
  readonly target: DeployTarget;
  readonly spec: ReplicaSpec;
  readonly connect: (endpoint: Endpoint) => C;
  readonly clock: Clock;
  readonly restarts?: RestartPolicy;
  readonly probe?: {
    /** Milliseconds between two looks. @default 1000 */
    readonly every?: number;
    /** Milliseconds for one answer. @default 3000 */
    readonly within?: number;
    /** Milliseconds without any sign of life after which it is killed and started again. @default 7000 */
    readonly silence?: number;
    /** When one that answers is killed because its work stands still. */
    readonly work?: WorkLimits;
  };
  readonly observer?: (event: ReplicaEvent) => void;
  readonly log?: (line: string) => void;
}

/** Keeps one replica running until it is stopped or its crash budget is spent. */
export class SupervisedReplica<C extends ReplicaConnection> {
  readonly number: number;
  /** Requests on it now. */
  inFlight = 0;
  state: ReplicaState = 'starting';
  connection: C | undefined;
  error: TowpathError | undefined;
  readonly #supervision: Supervision<C>;
  readonly #stopping = new AbortController();
  readonly #restarts: Restarts;
  #instance: Instance | undefined;
  #life: Promise<void> | undefined;
  /** When it last gave a sign of life, by a clock that never goes back. */
  #heardAt = 0;
  /** Why it was killed, when it hung. */
  #hung: TowpathError | undefined;

  constructor(number: number, supervision: Supervision<C>) {
    this.number = number;
    this.#supervision = supervision;
    this.#restarts = new Restarts(supervision.clock, supervision.restarts);
  }

  get pid(): number | undefined {
    return this.#instance?.pid;
  }

  get endpoint(): Endpoint | undefined {
    return this.#instance?.endpoint;
  }

  /** Takes work. */
  get ready(): boolean {
    return this.connection !== undefined && this.state === 'ready';
  }

  /** Something of its work came: it lives, whether or not it finds the time to say so. */
  heard(): void {
    this.#heardAt = this.#supervision.clock.monotonic();
  }

  /** Starts it; resolves when it is ready for the first time, rejects when it is given up before. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#life ??= this.#live(resolve).then(
        // Comes too late to matter when it was ready once; otherwise it was stopped while it started.
        () => reject(this.#stopping.signal.reason as Error),
        (thrown: unknown) => {
          this.error = asTowpathError(thrown);
          this.state = 'failed';
          reject(this.error);
        },
      );
    });
  }

  async stop(grace: number): Promise<void> {
    this.#stopping.abort(new SaidError(say('deploy.replica-stopping')));
    await this.#instance?.stop(grace);
    await this.#life;
    this.state = 'stopped';
    this.#tell({ event: 'stopped', replica: this.number });
  }

  async #live(ready: () => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const error = await this.#once(ready);
      if (hasAborted(signal)) return;
      // What cannot get better by trying again (a broken model file, a missing library) is not tried again.
      const retryIn =
        error.kind === 'user' || error.kind === 'environment' ? undefined : this.#restarts.next();
      this.#tell({ event: 'failed', replica: this.number, error, ...(retryIn !== undefined && { retryIn }) });
      if (retryIn === undefined) throw error;
      this.state = 'waiting';
      await pause(retryIn, signal);
    }
  }

  /** One life of the process; resolves with why it ended. */
  async #once(ready: () => void): Promise<TowpathError> {
    const { target, spec, connect, log } = this.#supervision;
    const { signal } = this.#stopping;
    this.state = 'starting';
    this.#tell({ event: 'starting', replica: this.number });
    try {
      this.#instance = await target.start(spec, { signal, ...(log && { log }) });
    } catch (thrown) {
      return asTowpathError(thrown);
    }
    const connection = connect(this.#instance.endpoint);
    this.connection = connection;
    this.state = 'ready';
    this.#tell({ event: 'ready', replica: this.number, pid: this.#instance.pid });
    ready();
    const over = new AbortController();
    void this.#watch(connection, this.#instance, over.signal);
    const end = await this.#instance.ended;
    over.abort();
    this.state = 'waiting';
    this.connection = undefined;
    this.#instance = undefined;
    await connection.close();
    return this.#hung ?? crashed(end, say('deploy.while-serving'));
  }

  /** Kills a process that lives but hangs; its end then takes the usual way. */
  async #watch(connection: C, instance: Instance, over: AbortSignal): Promise<void> {
    const { every = 1000, work } = this.#supervision.probe ?? {};
    const watch = new WorkWatch(work);
    this.#hung = undefined;
    this.heard();
    while (this.#hung === undefined) {
      await pause(every, over);
      if (over.aborted) return;
      const why = await this.#look(connection, watch, over);
      if (hasAborted(over)) return;
      if (why !== undefined) this.#hung = new TowpathError('TOW_DEPLOY_REPLICA_HUNG', why);
    }
    this.state = 'unresponsive';
    await instance.stop(0);
  }

  /** Asks once how it is; what is wrong with it when that is reason enough to kill it. */
  async #look(connection: C, watch: WorkWatch, over: AbortSignal): Promise<Message | undefined> {
    const { clock, probe: { within = 3000, silence = 7000 } = {} } = this.#supervision;
    const asked = clock.monotonic();
    const lost = await withDeadline(within, over, (signal) => connection.health(signal)).then(
      (vitals) => {
        const stalled = watch.stalled(vitals, clock.monotonic());
        if (stalled === undefined) return undefined;
        return say('deploy.stalled', { time: duration(stalled) });
      },
      () => 'no answer' as const,
    );
    if (over.aborted) return undefined;
    const now = clock.monotonic();
    if (lost !== 'no answer') {
      this.heard();
      this.state = 'ready';
      return lost;
    }
    // Time in which this process itself did not run, as in a suspended machine, says nothing about the replica.
    this.#heardAt += Math.max(0, now - asked - within);
    if (this.#heardAt >= asked) return undefined;
    this.state = 'unresponsive';
    if (now - this.#heardAt < silence) return undefined;
    return say('deploy.silent', { time: duration(now - this.#heardAt) });
  }

  #tell(event: ReplicaEvent): void {
    this.#supervision.observer?.(event);
  }
}

/** Waits, or less when the signal aborts; never keeps the process alive by itself. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
