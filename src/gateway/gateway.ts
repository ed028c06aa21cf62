import type { Server } from 'node:http';
import { systemClock, type Clock } from '../core/clock.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { Semaphore } from '../core/semaphore.ts';
import { Connections } from './connections.ts';
import type { ConsoleFiles } from './console-files.ts';
import { RequestHandler } from './handler.ts';
import type { FirstRunSource } from './first-run.ts';
import { createGatewayServer } from './http/server.ts';
import { listen } from './listen.ts';
import { GatewayMetrics } from './metrics.ts';
import { Router } from './router.ts';
import { chatRoute } from './routes/chat.ts';
import { consoleRoutes } from './routes/console.ts';
import { modelRoute, modelsRoute } from './routes/models.ts';
import { healthRoute, metricsRoute, readyRoute } from './routes/probes.ts';
import { progressRoute } from './routes/progress.ts';
import { qaRoute } from './routes/qa.ts';
import type { Snapshot } from './snapshot.ts';

export interface GatewayOptions {
  /** @default 127.0.0.1; anything but a loopback address is refused */
  readonly host?: string;
  /** 0 lets the system choose. @default 7411 */
  readonly port?: number;
  /** Requests worked on at once: replicas × slots is right. @default 8 */
  readonly concurrency?: number;
  /** Requests that may wait for their turn; more get 429. @default 32 */
  readonly queue?: number;
  /** Milliseconds for one request, waiting included. @default 30000 */
  readonly deadline?: number;
  /** Pages of the console. @default none: `/` is 404 */
  readonly console?: ConsoleFiles;
  /** Connections held at once; more get 503. @default 1024 */
  readonly connections?: number;
  readonly clock?: Clock;
  /** How far the first run is, while no release is live. */
  readonly firstRun?: FirstRunSource;
  /** Told of faults of ours, one line each. */
  readonly log?: (line: string) => void;
  /** Told of what the operator may mend. */
  readonly trouble?: (error: TowpathError) => void;
}

/** The HTTP server in front of everything; holds the live release and passes each request to it. */
export class Gateway {
  readonly url: string;
  readonly port: number;
  readonly #server: Server;
  readonly #connections: Connections;
  readonly #handler: RequestHandler;

  private constructor(
    server: Server,
    connections: Connections,
    handler: RequestHandler,
    host: string,
    port: number,
  ) {
    this.#server = server;
    this.#connections = connections;
    this.#handler = handler;
    this.port = port;
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  /** Listens; answers 503 until the first `swap`. @throws see `listen` */
  static async start(options: GatewayOptions = {}): Promise<Gateway> {
    const { clock = systemClock, trouble = () => undefined } = options;
    const admission = Semaphore.ofPermits(options.concurrency ?? 8, {
      queue: options.queue ?? 32,
      full: ({ busy, waiting }) =>
        new TowpathError('TOW_SERVE_GATEWAY_BUSY', say('serve.busy', { running: busy, waiting })),
    });
    const connections: Connections = new Connections({
      ...{ most: options.connections ?? 1024, clock, trouble, refused: () => metrics.refused() },
    });
    const metrics = new GatewayMetrics({
      requests: () => ({ running: admission.busy, waiting: admission.waiting }),
      connections: () => connections.open,
    });
    const handler = new RequestHandler({
      router: new Router([
        ...[qaRoute, chatRoute, modelsRoute, modelRoute, progressRoute],
        ...[healthRoute, readyRoute, metricsRoute],
        ...consoleRoutes(options.console ?? new Map()),
      ]),
      admission,
      ...{ metrics, clock },
      deadline: options.deadline ?? 30_000,
      firstRun: options.firstRun,
      log: options.log ?? (() => undefined),
    });
    const server = createGatewayServer({ handler, connections, metrics, clock });
    const host = options.host ?? '127.0.0.1';
    const port = await listen(server, host, options.port ?? 7411);
    server.on('error', (cause) => connections.notAccepted(cause));
    return new Gateway(server, connections, handler, host, port);
  }

  /** The live release, if any. */
  get release(): string | undefined {
    return this.#handler.lease?.snapshot.release;
  }

  /** Requests under way on the live release. */
  get inFlight(): number {
    return this.#handler.inFlight;
  }

  /**
   * Makes a snapshot live for every request from now on. Resolves when the last request that began on the one before
   * has ended: only then may its replicas and its index be closed.
   */
  swap(snapshot: Snapshot): Promise<void> {
    return this.#handler.swap(snapshot);
  }

  /**
   * Stops: new requests get 503, those under way may finish within `drain` milliseconds, what is left is cut off.
   * True when nothing had to be cut off.
   */
  async close(drain = 20_000): Promise<boolean> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const clean = await this.#handler.drain(
      drain,
      new TowpathError('TOW_SERVE_GATEWAY_NOT_READY', say('serve.stopping')),
    );
    this.#server.closeAllConnections();
    this.#connections.closeRefused();
    await closed;
    return clean;
  }
}
