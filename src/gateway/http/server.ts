import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { newId } from '../../core/id.ts';
import type { Connections } from '../connections.ts';
import type { RequestHandler } from '../handler.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { httpFailure } from './error-body.ts';
import { rawReply, replyAndClose } from './raw-reply.ts';

interface Deps {
  readonly handler: RequestHandler;
  readonly connections: Connections;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
}

/**
 * The server that hands every request to the handler. What node:http would answer by itself, with a bare status line,
 * is answered in the form of every other error.
 */
export function createGatewayServer({ handler, connections, metrics, clock }: Deps): Server {
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    connections.begin(request.socket, response);
    void handler.handle(request, response);
  };
  // Limits against clients that send their request a byte at a time, or never: head 10 s, whole request 30 s.
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 20_000,
      connectionsCheckingInterval: 2000,
      maxHeaderSize: 16 << 10,
      requireHostHeader: false,
    },
    take,
  );
  const refuse = (socket: Duplex, error: TowpathError): void => {
    const { status } = httpFailure(error);
    metrics.request({ method: '_OTHER', route: 'unknown', status, release: '', seconds: 0 });
    replyAndClose(socket, rawReply(error, newId('req', clock)));
  };
  const answered = new WeakSet<Duplex>();
  server.on('checkExpectation', take);
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    const message = say('gateway.no-proxy', { url: url.slice(0, 200) });
    refuse(socket, new TowpathError('TOW_SERVE_GATEWAY_METHOD', message, { data: { allow: 'GET, POST' } }));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (answered.has(socket)) return;
    if (!socket.writable || error.code === 'ECONNRESET' || connections.answering(socket)) {
      socket.destroy();
      return;
    }
    answered.add(socket);
    refuse(socket, protocolError(error));
  });
  const [accept] = server.listeners('connection') as [(socket: Socket) => void];
  server.off('connection', accept);
  server.on('connection', (socket: Socket) => {
    if (connections.admit(socket)) accept.call(server, socket);
  });
  return server;
}

/** What the parser or a timer of node:http found wrong. */
function protocolError(cause: NodeJS.ErrnoException): TowpathError {
  switch (cause.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new TowpathError('TOW_SERVE_GATEWAY_SLOW_REQUEST', say('gateway.slow'), {
        cause,
      });
    case 'HPE_HEADER_OVERFLOW':
      return new TowpathError('TOW_SERVE_GATEWAY_HEAD_TOO_LARGE', say('gateway.headers-large'), {
        cause,
      });
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new TowpathError('TOW_SERVE_GATEWAY_BODY_TOO_LARGE', say('gateway.chunks'), {
        cause,
      });
    default:
      return new TowpathError(
        'TOW_SERVE_GATEWAY_BAD_REQUEST',
        say('gateway.no-request', { why: cause.message }),
        {
          cause,
        },
      );
  }
}
