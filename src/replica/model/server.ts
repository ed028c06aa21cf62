import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { asTowpathError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { readBody } from './body.ts';
import type { Engine } from '../../llama/engine.ts';
import type { CompletionEvent } from '../../contract/generator.ts';
import { embedBody, type CompletionLine, type ReplicaHealth } from './protocol.ts';
import { completionBody } from '../../llama/completion.ts';

/** What a replica counts since it started. */
class Counters {
  requests = 0;
  aborted = 0;
  promptTokens = 0;
  cachedTokens = 0;
  completionTokens = 0;

  ended(event: CompletionEvent): void {
    if (event.finish === undefined) return;
    this.promptTokens += event.usage.promptTokens;
    this.cachedTokens += event.usage.cachedTokens;
    this.completionTokens += event.usage.completionTokens;
  }
}

/**
 * The HTTP server of a replica: POST /completion (NDJSON, a line as soon as its text is decoded), POST /embed and
 * GET /health. Every call carries the bearer token, so that no other program of this machine can use the model.
 */
export function replicaServer(engine: Engine, token: string): Server {
  const counters = new Counters();
  /** Requests whose reader does not take what is written: the model waits for them, not they for it. */
  let unread = 0;
  const expected = sha256(`Bearer ${token}`);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the client left'));
    });
    handle(request, response, gone.signal).catch((thrown: unknown) => {
      if (gone.signal.aborted) counters.aborted++;
      else fail(response, asTowpathError(thrown));
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse, signal: AbortSignal) {
    if (!timingSafeEqual(sha256(request.headers.authorization ?? ''), expected)) {
      throw new TowpathError('TOW_SERVE_REPLICA_UNAUTHORISED', say('replica.token'));
    }
    switch (`${request.method ?? ''} ${request.url ?? ''}`) {
      case 'GET /health': {
        send(response, 200, health(engine, counters, unread));
        return;
      }
      case 'POST /completion': {
        const body = await readBody(request, completionBody);
        counters.requests++;
        await stream(response, engine.complete(body, signal), signal);
        return;
      }
      case 'POST /embed': {
        const body = await readBody(request, embedBody);
        counters.requests++;
        send(response, 200, { vectors: await engine.embed(body.texts, signal) });
        return;
      }
      default:
        throw new TowpathError(
          'TOW_SERVE_REPLICA_BAD_REQUEST',
          say('replica.no-endpoint', { method: request.method ?? '', path: request.url ?? '' }),
        );
    }
  }

  /** The status is told only once the first event is there, so that a refusal still has its own. */
  async function stream(
    response: ServerResponse,
    events: AsyncIterable<CompletionEvent>,
    signal: AbortSignal,
  ) {
    for await (const event of events) {
      signal.throwIfAborted();
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      counters.ended(event);
      if (response.write(line(event))) continue;
      unread++;
      try {
        await once(response, 'drain', { signal });
      } finally {
        unread--;
      }
    }
    response.end();
  }

  return server;
}

function health(engine: Engine, counters: Counters, unread: number): ReplicaHealth {
  const load = engine.load();
  const { userCPUTime, systemCPUTime, majorPageFault } = process.resourceUsage();
  const effort = (userCPUTime + systemCPUTime) / 1000 + majorPageFault;
  const memory = process.memoryUsage.rss();
  const { requests, aborted, promptTokens, cachedTokens, completionTokens } = counters;
  return {
    ...{ status: 'ok', ...load, working: Math.max(0, load.busy - unread), effort, memory },
    ...{ requests, aborted, promptTokens, cachedTokens, completionTokens },
  };
}

function fail(response: ServerResponse, error: TowpathError): void {
  if (response.headersSent) {
    response.end(line({ error: error.toRecord() }));
    return;
  }
  if (error.httpStatus === 429) response.setHeader('retry-after', '1');
  send(response, error.httpStatus, { error: error.toRecord() });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function line(value: CompletionLine): string {
  return `${JSON.stringify(value)}\n`;
}

/** Equal lengths for a comparison in constant time. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
