import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Silence after which a comment is sent, so that no proxy or client takes the connection for dead. */
const pingAfter = 10_000;

/** A stream of server-sent events. The status is sent with the first event, so that an early refusal keeps its own. */
export class EventStream {
  readonly #response: ServerResponse;
  #ping: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get begun(): boolean {
    return this.#response.headersSent;
  }

  /** Sends the head, and from now on a comment in every silence. */
  begin(): void {
    if (this.begun) return;
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    this.#response.flushHeaders();
    this.#ping = setInterval(() => this.#response.write(': ping\n\n'), pingAfter);
    this.#response.once('close', () => clearInterval(this.#ping));
  }

  /** Sends one event; waits while the client does not read, until the signal aborts. */
  async send(data: unknown, signal: AbortSignal, event?: string): Promise<void> {
    signal.throwIfAborted();
    this.begin();
    this.#ping?.refresh();
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const frame = `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
    if (!this.#response.write(frame)) await once(this.#response, 'drain', { signal });
  }

  end(): void {
    clearInterval(this.#ping);
    this.#response.end();
  }
}

/** Whether a client asks for a stream of events. */
export function wantsEvents(accept: string | undefined): boolean {
  return accept !== undefined && /\btext\/event-stream\b/i.test(accept);
}
