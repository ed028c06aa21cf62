import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import type { ServiceProgress } from '../contract/first-run.ts';
import type { Semaphore } from '../core/semaphore.ts';
import type { FirstRunSource } from './first-run.ts';
import type { GatewayMetrics } from './metrics.ts';
import type { Snapshot } from './snapshot.ts';

/** One request and what its route may use. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path without the query, decoded no further. */
  readonly path: string;
  /** `x-request-id`: the client's own when it is sane. */
  readonly id: string;
  /** Aborts when the client leaves, the deadline passes or the gateway stops: the one signal down to the decoder. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly admission: Semaphore<number>;
  readonly metrics: GatewayMetrics;
  /** The live release. @throws TOW_SERVE_GATEWAY_NOT_READY before the first one and while stopping */
  readonly live: () => Snapshot;
  /** The live release, or how far the first run is. */
  readonly progress: () => ServiceProgress;
  readonly firstRun: FirstRunSource | undefined;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/v1/models/*`: a star at the end stands for any rest. */
  readonly pattern: string;
  /** Whether it works on a release: such requests have a deadline and a turn. */
  readonly serves: boolean;
  handle(exchange: Exchange): Promise<void> | void;
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}
