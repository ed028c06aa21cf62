import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { SaidError, TowpathError } from '../../../core/errors/towpath-error.ts';
import { say, type Message } from '../../../core/messages/message.ts';
import type { Trust } from '../../../project/trust/trust.ts';

const mostRedirects = 5;

export interface HubRequestOptions {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Whether a redirect may be followed to another host. */
  readonly trust: Pick<Trust, 'requireRedirect'>;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** A failure that another try may mend. */
export class Transient extends SaidError {
  /** Milliseconds that the server asked to wait. */
  readonly wait: number | undefined;

  constructor(text: Message, options: { readonly wait?: number | undefined; readonly cause?: unknown } = {}) {
    super(text, { cause: options.cause });
    this.name = 'Transient';
    this.wait = options.wait;
  }
}

export interface HubReply {
  readonly response: Dispatcher.ResponseData;
  /** Where the last answer came from. */
  readonly url: URL;
}

/**
 * One request to the hub; redirects are followed, within the hub always, to elsewhere (its storage) only when
 * `elsewhere` says so and the user trusts the project with that host. The token goes to the hub's own host alone.
 */
export async function hubRequest(
  start: URL,
  options: HubRequestOptions,
  elsewhere: 'follow' | 'stop' = 'follow',
): Promise<HubReply> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await send(url, start, options);
    const location = headerOf(response, 'location');
    if (response.statusCode < 300 || response.statusCode > 399 || location === undefined)
      return { response, url };
    const next = new URL(location, url);
    if (elsewhere === 'stop' && next.host !== start.host) return { response, url };
    await response.body.dump();
    if (next.host !== start.host) options.trust.requireRedirect(url, next);
    if (next.protocol !== 'https:' && next.protocol !== start.protocol) {
      throw new TowpathError(
        'TOW_TRAIN_SOURCE_UNREACHABLE',
        say('train.redirect-refused', { origin: url.origin, protocol: next.protocol }),
      );
    }
    url = next;
  }
  throw new TowpathError(
    'TOW_TRAIN_SOURCE_UNREACHABLE',
    say('train.redirects', { url: start.href, most: mostRedirects }),
  );
}

async function send(url: URL, start: URL, options: HubRequestOptions): Promise<Dispatcher.ResponseData> {
  const { method, token, headers, timeout, signal } = options;
  try {
    return await request(url, {
      method,
      dispatcher: dispatcherFor(url),
      headers: {
        'user-agent': 'towpath',
        // Compressed bodies would make Range and Content-Length speak of other bytes.
        'accept-encoding': 'identity',
        ...headers,
        ...(token !== undefined && url.host === start.host && { authorization: `Bearer ${token}` }),
      },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal,
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new Transient(say('train.host-unreachable', { host: url.host, why: reasonOf(cause) }), { cause });
  }
}

let proxied: EnvHttpProxyAgent | undefined;
let direct: Agent | undefined;

/** Through the proxy that the environment names, but straight to this very machine. */
function dispatcherFor({ hostname }: URL): Dispatcher {
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    return (direct ??= new Agent({ connect: { timeout: 15_000 } }));
  return (proxied ??= new EnvHttpProxyAgent({ connect: { timeout: 15_000 } }));
}

export function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The innermost reason: `fetch failed` says nothing, ECONNREFUSED does. */
export function reasonOf(thrown: unknown): string {
  let current = thrown;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  if (current instanceof AggregateError && current.errors[0] instanceof Error) current = current.errors[0];
  return current instanceof Error ? current.message || current.name : String(current);
}

/** The error for an answer that is no file. Never contains the body: a hub's pages are long. */
export async function refusal(response: Dispatcher.ResponseData, origin: string): Promise<Error> {
  const { statusCode: status } = response;
  const said = headerOf(response, 'x-error-message') ?? headerOf(response, 'x-error-code');
  const words =
    said === undefined
      ? say('train.hub-status', { origin, status })
      : say('train.hub-said', { origin, status, said });
  const retryAfter = Number(headerOf(response, 'retry-after'));
  await response.body.dump();
  if (status === 404 || status === 410) return new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', words);
  if (status === 401 || status === 403) return new TowpathError('TOW_TRAIN_SOURCE_DENIED', words);
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return new Transient(words, { wait: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined });
  }
  return new TowpathError('TOW_TRAIN_SOURCE_UNREACHABLE', words);
}
