import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { duration } from '../core/messages/duration.ts';
import { speechAsked } from '../core/messages/locale.ts';
import type { ServiceProgress } from '../contract/first-run.ts';
import { newId } from '../core/id.ts';
import type { Semaphore } from '../core/semaphore.ts';
import { sendJson, type Exchange, type Route } from './exchange.ts';
import { ClientLeft } from './http/client-left.ts';
import { notReady, type FirstRunSource } from './first-run.ts';
import { httpFailure } from './http/error-body.ts';
import { checkHost } from './http/loopback.ts';
import { measured } from './measured.ts';
import type { GatewayMetrics } from './metrics.ts';
import type { Router } from './router.ts';
import { Lease, type Snapshot } from './snapshot.ts';

interface Deps {
  readonly router: Router;
  readonly admission: Semaphore<number>;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly deadline: number;
  readonly log: (line: string) => void;
  readonly firstRun: FirstRunSource | undefined;
}

/** Takes every request from its first byte to its metrics. */
export class RequestHandler {
  lease: Lease | undefined;
  readonly #deps: Deps;
  /** What ends each request that works on a release now. */
  readonly #underWay = new Set<AbortController>();
  #stopping: TowpathError | undefined;
  #idle: (() => void) | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get inFlight(): number {
    return this.#underWay.size;
  }

  swap(next: Snapshot): Promise<void> {
    const { metrics } = this.#deps;
    const before = this.lease;
    this.lease = new Lease(measured(next, metrics));
    metrics.live(next.release);
    return before?.retire() ?? Promise.resolve();
  }

  /** Refuses what comes, waits for what is under way, and after `within` milliseconds ends it. */
  async drain(within: number, reason: TowpathError): Promise<boolean> {
    this.#stopping = reason;
    if (this.#underWay.size === 0) return true;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<boolean>((resolve) => (this.#idle = () => resolve(true)));
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), within)));
    const clean = await Promise.race([idle, late]);
    clearTimeout(timer);
    for (const controller of this.#underWay) controller.abort(reason);
    return clean;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, metrics } = this.#deps;
    const began = clock.monotonic();
    const id = requestId(request, clock);
    response.setHeader('x-request-id', id);
    response.setHeader('x-content-type-options', 'nosniff');
    // A socket that fails after its answer was given up must not end the process.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const { lease } = this;
    let route: Route | undefined;
    let status: number | undefined;
    try {
      checkHead(request);
      const path = pathOf(request);
      route = this.#deps.router.find(request.method ?? 'GET', path);
      await this.#run(route, request, response, { id, path }, lease);
    } catch (thrown) {
      status =
        thrown instanceof ClientLeft ? ClientLeft.status : this.#fail(request, response, route, id, thrown);
    }
    metrics.request({
      method: request.method ?? 'GET',
      route: route?.pattern ?? 'unknown',
      status: status ?? response.statusCode,
      release: lease?.snapshot.release ?? '',
      seconds: (clock.monotonic() - began) / 1000,
    });
  }

  async #run(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
    { id, path }: { readonly id: string; readonly path: string },
    lease: Lease | undefined,
  ): Promise<void> {
    const { admission, metrics, clock, deadline, firstRun } = this.#deps;
    const live = (): Snapshot => {
      if (this.#stopping !== undefined) throw this.#stopping;
      if (lease === undefined) throw notReady(firstRun?.now());
      return lease.snapshot;
    };
    const controller = new AbortController();
    const gone = () => controller.abort(new ClientLeft());
    const { signal } = controller;
    const progress = (): ServiceProgress => {
      if (this.lease !== undefined) return { release: this.lease.snapshot.release };
      return firstRun === undefined ? {} : { firstRun: firstRun.now() };
    };
    const exchange: Exchange = {
      ...{ request, response, path, id, signal, clock, admission, metrics, live, progress, firstRun },
    };
    response.once('close', gone);
    if (!route.serves) {
      await route.handle(exchange);
      return;
    }
    live();
    const leave = lease?.enter();
    this.#underWay.add(controller);
    const timer = setTimeout(() => {
      const message = say('serve.too-long', { time: duration(deadline) });
      controller.abort(new TowpathError('TOW_SERVE_GATEWAY_DEADLINE', message));
    }, deadline);
    try {
      await route.handle(exchange);
    } catch (thrown) {
      // Whatever a part made of the abort, the reason for it is what happened. A socket that broke while the body was
      // read shows in the request first.
      if (signal.aborted) throw signal.reason;
      throw request.errored === null || request.complete ? thrown : new ClientLeft();
    } finally {
      clearTimeout(timer);
      response.off('close', gone);
      this.#underWay.delete(controller);
      leave?.();
      if (this.#underWay.size === 0) this.#idle?.();
    }
  }

  /** Answers with the error; within a stream as its last event, without the word that all is done. */
  #fail(
    request: IncomingMessage,
    response: ServerResponse,
    route: Route | undefined,
    id: string,
    thrown: unknown,
  ): number {
    const { status, body, headers } = httpFailure(thrown, speechAsked(request.headers['accept-language']));
    if (status >= 500 && status !== 503 && status !== 504) this.#deps.log(faultLine(id, thrown));
    if (response.headersSent) {
      const event = route?.pattern === '/v1/qa' ? 'event: error\n' : '';
      response.end(`${event}data: ${JSON.stringify(body)}\n\n`);
      return status;
    }
    // What the client still sends is not read: this connection is of no use after the answer.
    const unread = !request.complete;
    sendJson(response, status, body, {
      ...headers,
      ...((unread || this.#stopping) && { connection: 'close' }),
    });
    if (unread) request.resume();
    return status;
  }
}

/** Refuses what no route is asked about. */
function checkHead(request: IncomingMessage): void {
  const { host, expect } = request.headers;
  if (request.httpVersion === '1.1') {
    if (host === undefined) throw new TowpathError('TOW_SERVE_GATEWAY_BAD_REQUEST', say('gateway.no-host'));
    if (expect !== undefined && !/^100-continue$/i.test(expect)) {
      const named = JSON.stringify(expect.slice(0, 80));
      throw new TowpathError('TOW_SERVE_GATEWAY_EXPECTATION', say('gateway.expect', { value: named }));
    }
  }
  checkHost(request.headers);
}

function requestId(request: IncomingMessage, clock: Clock): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,128}$/.test(given) ? given : newId('req', clock);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

function faultLine(id: string, thrown: unknown): string {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `request ${id}: ${text.replaceAll('\n', ' | ')}`;
}
