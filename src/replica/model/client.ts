import { Pool, type Dispatcher } from 'undici';
import { TowpathError, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import {
  textOf,
  type Completer,
  type CompletionEvent,
  type Embedder,
  type GenerateRequest,
  type Generator,
} from '../../contract/generator.ts';
import { ndjson } from './ndjson.ts';
import type { CompletionLine, ReplicaHealth } from './protocol.ts';

export interface ReplicaEndpoint {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  readonly token: string;
}

export interface ReplicaClientOptions {
  /** Connections kept to the replica: at least its slots and queue together. @default 64 */
  readonly connections?: number;
  /** Milliseconds that a replica may stay silent, waiting in the queue included. @default 120000 */
  readonly silence?: number;
}

/**
 * Talks to one replica. Aborting a signal closes the connection, which stops the decoder and frees the slot;
 * so does leaving the loop over the answer.
 */
export class ReplicaClient implements Generator, Completer, Embedder {
  readonly #pool: Pool;
  /** Its own connection: health must be told however many requests wait for one of the others. */
  readonly #probe: Pool;
  readonly #headers: Record<string, string>;

  constructor(endpoint: ReplicaEndpoint, options: ReplicaClientOptions = {}) {
    const silence = options.silence ?? 120_000;
    this.#probe = new Pool(endpoint.url, { connections: 1, pipelining: 1, connect: { timeout: 5000 } });
    this.#headers = { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json' };
    this.#pool = new Pool(endpoint.url, {
      connections: options.connections ?? 64,
      pipelining: 1,
      connect: { timeout: 5000 },
      headersTimeout: silence,
      bodyTimeout: silence,
      keepAliveTimeout: 30_000,
    });
  }

  generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<string> {
    return textOf(this.complete(request, signal));
  }

  /**
   * @throws TOW_SERVE_REPLICA_BUSY, _PROMPT_TOO_LONG and _BAD_REQUEST as the replica says, _UNAVAILABLE when it
   * cannot be reached or ends in mid-answer, the signal's reason when that aborts
   */
  async *complete(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<CompletionEvent> {
    const response = await this.#request('POST', '/completion', signal, request);
    let finished = false;
    try {
      for await (const line of ndjson<CompletionLine>(response.body)) {
        if ('error' in line) throw TowpathError.fromRecord(line.error);
        finished = line.finish !== undefined;
        yield line;
      }
    } catch (thrown) {
      throw this.#explained(thrown, signal);
    } finally {
      if (!finished) response.body.destroy();
    }
    if (!finished) throw unavailable(say('serve.replica-ended'));
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const response = await this.#request('POST', '/embed', signal, { texts });
    const { vectors } = (await this.#json(response, signal)) as { vectors: number[][] };
    return vectors.map((vector) => Float32Array.from(vector));
  }

  async health(signal: AbortSignal): Promise<ReplicaHealth> {
    const response = await this.#request('GET', '/health', signal, undefined, this.#probe);
    return (await this.#json(response, signal)) as ReplicaHealth;
  }

  /** Closes the connections; requests still under way are cut off. */
  async close(): Promise<void> {
    await Promise.all([this.#pool.destroy(), this.#probe.destroy()]);
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    signal: AbortSignal,
    body?: unknown,
    pool = this.#pool,
  ): Promise<Dispatcher.ResponseData> {
    signal.throwIfAborted();
    let response: Dispatcher.ResponseData;
    try {
      response = await pool.request({
        method,
        path,
        headers: this.#headers,
        signal,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (thrown) {
      throw this.#explained(thrown, signal);
    }
    if (response.statusCode === 200) return response;
    const { error } = (await this.#json(response, signal)) as { error: ErrorRecord };
    throw TowpathError.fromRecord(error);
  }

  async #json(response: Dispatcher.ResponseData, signal: AbortSignal): Promise<unknown> {
    try {
      return await response.body.json();
    } catch (thrown) {
      throw this.#explained(thrown, signal);
    }
  }

  #explained(thrown: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (thrown instanceof TowpathError) return thrown;
    return unavailable(say('serve.replica-unreachable'), thrown);
  }
}

function unavailable(message: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_SERVE_REPLICA_UNAVAILABLE', message, { cause });
}
