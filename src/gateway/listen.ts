import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { isLoopback } from './http/loopback.ts';

/**
 * Makes the server listen; resolves with the port, of the system's choice when 0 was asked for.
 *
 * @throws TOW_SERVE_GATEWAY_HOST_NOT_LOOPBACK, _PORT_IN_USE or _CANNOT_LISTEN
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  if (!isLoopback(host)) {
    throw new TowpathError(
      'TOW_SERVE_GATEWAY_HOST_NOT_LOOPBACK',
      say('serve.not-loopback', { host: JSON.stringify(host) }),
    );
  }
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (cause) {
    throw refused(cause, host, port);
  }
  return (server.address() as AddressInfo).port;
}

function refused(cause: unknown, host: string, port: number): TowpathError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new TowpathError('TOW_SERVE_GATEWAY_PORT_IN_USE', say('serve.port-taken', { port, host }), {
      cause,
      data: { port, host },
      hint: say('serve.other-port', { next: port + 1, port }),
    });
  }
  return new TowpathError(
    'TOW_SERVE_GATEWAY_CANNOT_LISTEN',
    say('serve.cannot-listen', { port, host, code: String(code) }),
    {
      cause,
      data: { port, host },
    },
  );
}
