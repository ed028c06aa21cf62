import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import { newId } from '../core/id.ts';
import { rawReply, replyAndClose } from './http/raw-reply.ts';

interface Deps {
  /** Connections held at once. */
  readonly most: number;
  readonly clock: Clock;
  /** Told of the first refusal, and then at most once a minute. */
  readonly trouble: (error: TowpathError) => void;
  /** Told of each refusal. */
  readonly refused: () => void;
}

/** Requests on one connection after which it is closed: a client that never closes is spread anew over time. */
const mostRequests = 10_000;
/** Refused connections that are answered at once; beyond them one is closed without a word. */
const mostRefused = 1024;
/** Milliseconds that a refused connection has to send its request, so that the answer does not come before it. */
const patience = 2000;
/** Milliseconds between two lines for the operator. */
const quiet = 60_000;

interface Use {
  requests: number;
  /** Answers under way; several when the client sends ahead. */
  readonly answers: Set<ServerResponse>;
}

/**
 * Bounds the connections that are held. At the bound the one that has been idle longest gives way to a new one; with none
 * idle the new one is answered 503.
 */
export class Connections {
  readonly #deps: Deps;
  readonly #open = new Map<Socket, Use>();
  /** Longest idle first. */
  readonly #idle = new Set<Socket>();
  readonly #refused = new Set<Socket>();
  #untold = 0;
  #silence: NodeJS.Timeout | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get open(): number {
    return this.#open.size;
  }

  /** Takes a connection in; false when it was refused. */
  admit(socket: Socket): boolean {
    if (this.#open.size >= this.#deps.most && !this.#giveWay()) {
      this.#refuse(socket);
      return false;
    }
    this.#open.set(socket, { requests: 0, answers: new Set() });
    socket.once('close', () => this.#forget(socket));
    return true;
  }

  /** A request came on a connection. */
  begin(socket: Socket, response: ServerResponse): void {
    const use = this.#open.get(socket);
    if (use === undefined) return;
    this.#idle.delete(socket);
    use.answers.add(response);
    if (++use.requests >= mostRequests) response.shouldKeepAlive = false;
    response.once('close', () => {
      use.answers.delete(response);
      if (use.answers.size === 0 && this.#open.has(socket)) this.#idle.add(socket);
    });
  }

  /** Whether a part of an answer has gone out on it: nothing else may be written there. */
  answering(socket: unknown): boolean {
    const answers = this.#open.get(socket as Socket)?.answers ?? [];
    return [...answers].some((response) => response.headersSent);
  }

  /** The system could not hand a connection over, for want of file descriptors, say. */
  notAccepted(cause: Error): void {
    this.#giveWay();
    this.#tell(say('serve.no-more-sockets', { count: this.open, why: cause.message }));
  }

  closeRefused(): void {
    clearTimeout(this.#silence);
    for (const socket of this.#refused) socket.destroy();
  }

  #giveWay(): boolean {
    const [oldest] = this.#idle;
    if (oldest === undefined) return false;
    this.#forget(oldest);
    oldest.destroy();
    return true;
  }

  #forget(socket: Socket): void {
    this.#idle.delete(socket);
    this.#open.delete(socket);
  }

  #refuse(socket: Socket): void {
    const { clock, refused } = this.#deps;
    refused();
    this.#tell(this.#full());
    if (this.#refused.size >= mostRefused) {
      socket.destroy();
      return;
    }
    this.#refused.add(socket);
    const answer = () => {
      clearTimeout(timer);
      socket.off('data', answer);
      replyAndClose(socket, rawReply(problem(this.#full()), newId('req', clock)));
    };
    const timer = setTimeout(answer, patience);
    socket.on('error', () => undefined);
    socket.on('data', answer);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#refused.delete(socket);
    });
  }

  #tell(why: Message): void {
    this.#untold++;
    if (this.#silence !== undefined) return;
    const connections = say('serve.connection-count', { n: this.#untold });
    this.#deps.trouble(problem(say('serve.refused', { why, connections })));
    this.#untold = 0;
    this.#silence = setTimeout(() => {
      this.#silence = undefined;
      if (this.#untold === 0) return;
      this.#untold--;
      this.#tell(why);
    }, quiet).unref();
  }

  #full(): Message {
    return say('serve.connections-full', { count: this.#deps.most });
  }
}

function problem(message: Message): TowpathError {
  return new TowpathError('TOW_SERVE_GATEWAY_CONNECTIONS', message);
}
