import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { httpFailure } from './error-body.ts';

/** Milliseconds in which the client may read the answer and end its side. */
const patience = 2000;

/** An error as the whole answer on a connection whose request node:http does not hand out. */
export function rawReply(thrown: unknown, id: string): Buffer {
  const { status, body: content, headers: more } = httpFailure(thrown);
  const body = JSON.stringify(content);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': id,
    ...more,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Sends a last answer and closes. What the client still sends meanwhile is read and dropped: closed with unread bytes, the
 * connection would be reset, and the answer lost with it.
 */
export function replyAndClose(socket: Duplex, reply: Buffer): void {
  socket.on('error', () => undefined);
  socket.end(reply);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), patience);
  socket.once('close', () => clearTimeout(timer));
}
