import { asTowpathError, SaidError, type TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Observer } from '../events.ts';
import type { ServiceClaim } from '../service-file.ts';
import type { ReplicaRecord, ServiceRecord } from '../records/service.ts';
import type { FirstRunBoard } from './first-run-board.ts';
import type { RunningRelease } from './running-release.ts';

export interface ServiceDeps {
  readonly gateway: Gateway;
  readonly claim: ServiceClaim;
  readonly started: string;
  /** Starts a release's replicas and opens its index. */
  readonly launch: (release: string, signal: AbortSignal) => Promise<RunningRelease>;
  /** Milliseconds that requests under way on a replaced or stopping release may take. */
  readonly drain: number;
  readonly observer: Observer;
  readonly firstRun: FirstRunBoard;
}

/** The gateway of one project with the release behind it; moves traffic from release to release without a gap. */
export class Service {
  readonly #deps: ServiceDeps;
  readonly #stopping = new AbortController();
  readonly #refresh: NodeJS.Timeout;
  #current: RunningRelease | undefined;
  #retiring = new Set<Promise<void>>();
  #last: Promise<void> = Promise.resolve();

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
    // How busy replicas are changes without an event; what has not changed is not written again.
    this.#refresh = setInterval(() => void this.announce().catch(() => undefined), 1000).unref();
  }

  /** Name of the release that takes traffic. */
  get release(): string | undefined {
    return this.#current?.name;
  }

  /**
   * Makes a release take the traffic: starts it beside the one that serves, swaps, and lets the old one end when its
   * last request has. When the new one cannot start, the old one serves on and the error is thrown.
   */
  show(release: string): Promise<void> {
    const turn = this.#last.then(() => this.#show(release));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #show(release: string): Promise<void> {
    if (this.#current?.name === release || this.#stopping.signal.aborted) return;
    const { gateway, launch, observer } = this.#deps;
    const next = await launch(release, this.#stopping.signal);
    const old = this.#current;
    this.#current = next;
    const drained = gateway.swap(next.snapshot);
    if (old === undefined) observer({ event: 'serving', url: gateway.url, release });
    else {
      observer({ event: 'swapped', from: old.name, to: release });
      this.#retire(old, drained);
    }
    // It serves all the same where a full disk does not take that; a second later it is tried again.
    await this.announce().catch(() => undefined);
  }

  /** What a run tells, for those who wait for the first release. */
  get observer(): Observer {
    return this.#deps.observer;
  }

  /** Tells those who wait for the first release why it will not come; resolves when it is on its way to them. */
  async failed(error: TowpathError): Promise<void> {
    this.#deps.firstRun.fail(error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Writes what the service looks like now to where `status` finds it. */
  async announce(): Promise<void> {
    const { claim, gateway, started } = this.#deps;
    const release = this.#current?.name;
    const record: ServiceRecord = {
      ...{ pid: process.pid, url: gateway.url, port: gateway.port, started },
      ...(release !== undefined && { release }),
      replicas: this.replicas(),
    };
    await claim.update(record);
  }

  replicas(): ReplicaRecord[] {
    return this.#current?.replicas() ?? [];
  }

  /** Takes no more requests, lets those under way end, stops replicas, closes indexes, gives the claim back. */
  async stop(): Promise<void> {
    const { gateway, claim, drain, observer } = this.#deps;
    this.#stopping.abort(new SaidError(say('serve.stopping')));
    clearInterval(this.#refresh);
    const inFlight = gateway.inFlight;
    if (this.#current !== undefined && inFlight > 0) {
      observer({ event: 'draining', release: this.#current.name, inFlight });
    }
    await gateway.close(drain);
    await this.#last;
    await Promise.all([...this.#retiring, this.#current?.stop(0)]);
    await claim.release();
  }

  #retire(old: RunningRelease, drained: Promise<void>): void {
    const { drain, observer, gateway } = this.#deps;
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, drain);
      void drained.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    if (gateway.inFlight > 0) observer({ event: 'draining', release: old.name, inFlight: gateway.inFlight });
    const retiring = over
      .then(() => old.stop(0))
      .catch((error: unknown) => {
        observer({ event: 'replica-failed', replica: 0, error: asTowpathError(error).toRecord() });
      })
      .finally(() => this.#retiring.delete(retiring));
    this.#retiring.add(retiring);
  }
}
