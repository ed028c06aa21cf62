import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../contract/answer.ts';
import { OverTime, withDeadline } from '../../core/deadline.ts';
import { SaidError, TowpathError } from '../../core/errors/towpath-error.ts';
import type { FirstRun } from '../../contract/first-run.ts';
import { say, type Message, type Speech } from '../../core/messages/message.ts';
import { askedText } from './asked-text.ts';
import { awaitRelease } from './first-run.ts';
import { serverEvents } from './sse.ts';

export interface Sentence {
  readonly text: string;
  /** Numbers of the citations it rests on. */
  readonly citations: readonly number[];
}

export interface AskRequest {
  /** Address of the service: `http://127.0.0.1:7411`. */
  readonly url: string;
  readonly question: string;
  /** The language of refusals. */
  readonly language: Speech;
  readonly signal: AbortSignal;
  readonly onSentence: (sentence: Sentence) => void;
  /** Told how far the first run is while no release is live. */
  readonly onFirstRun: (firstRun: FirstRun) => void;
}

/** Beyond any deadline that a service sets itself: for one that has stopped answering. */
const longestWaitMs = 180_000;

/** Questions put again when a release that was live has gone once more, or a proxy lags behind. */
const mostTries = 5;

/**
 * Asks a running service and hands on each sentence as it comes. While no release is live it waits for the first run,
 * as long as that goes on.
 *
 * @throws TOW_CLI_NO_SERVICE, TOW_CLI_ASK_REFUSED, TOW_CLI_ANSWER_BROKEN, the error of a first run that failed, or the
 * signal's reason
 */
export async function ask(request: AskRequest): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await withDeadline(longestWaitMs, request.signal, (signal) => answerOf({ ...request, signal }));
    } catch (error) {
      const early = error instanceof TowpathError && error.data?.['code'] === 'TOW_SERVE_GATEWAY_NOT_READY';
      if (!early || tries === mostTries || !(await awaitRelease(request))) throw error;
      if (tries > 1) await sleep(1000, undefined, { signal: request.signal });
    }
  }
}

async function answerOf(request: AskRequest): Promise<Answer> {
  const { url, signal, onSentence } = request;
  const response = await send(request);
  if (!response.ok || response.body === null) throw await refusal(response, url);
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    throw new TowpathError('TOW_CLI_NO_SERVICE', say('ask.not-towpath', { url }));
  }
  try {
    for await (const { event, data } of serverEvents(response.body)) {
      if (event === 'sentence') onSentence(parse(data) as Sentence);
      else if (event === 'answer') return parse(data) as Answer;
      else if (event === 'error') throw refusedIn(parse(data));
    }
  } catch (cause) {
    if (cause instanceof TowpathError || givenUp(signal)) throw cause;
    throw new TowpathError('TOW_CLI_ANSWER_BROKEN', say('ask.broke-off', { url }), { cause });
  }
  throw new TowpathError('TOW_CLI_ANSWER_BROKEN', say('ask.ended-early', { url }));
}

async function send({ url, question, language, signal }: AskRequest): Promise<Response> {
  try {
    return await fetch(new URL('/v1/qa', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'accept-language': language,
      },
      body: JSON.stringify({ question, stream: true }),
      signal,
      redirect: 'error',
    });
  } catch (cause) {
    if (givenUp(signal)) throw cause;
    throw unanswered(url, rootCause(cause));
  }
}

/** Codes of what never reached a program that listens. */
const unreached =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

function unanswered(url: string, cause: unknown): TowpathError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // `fetch` knows ports that it never asks.
  const forbidden = cause instanceof Error && cause.message === 'bad port';
  if (cause instanceof OverTime || forbidden || unreached.test(code))
    return new TowpathError('TOW_CLI_NO_SERVICE', say('ask.nothing-answers', { url }), { cause });
  // The words of OpenSSL say nothing to whoever wrote one letter too many.
  if (/^(?:ERR_SSL_|EPROTO)/.test(code))
    return new TowpathError('TOW_CLI_NO_SERVICE', say('ask.no-tls', { url }), { hint: say('ask.use-http') });
  return new TowpathError('TOW_CLI_NO_SERVICE', say('ask.not-towpath', { url }), { cause });
}

/** Whether it was the caller that ended it, not the time. */
function givenUp(signal: AbortSignal): boolean {
  return signal.aborted && !(signal.reason instanceof OverTime);
}

async function refusal(response: Response, url: string): Promise<TowpathError> {
  const text = (await response.text()).slice(0, 10_000);
  const message = messageOf(tryParse(text));
  if (message === undefined) {
    return new TowpathError(
      'TOW_CLI_NO_SERVICE',
      say('ask.not-towpath-status', { url, status: response.status }),
    );
  }
  const wait = response.headers.get('retry-after');
  return refused(askedText(message, codeOf(tryParse(text))), {
    ...(wait !== null && {
      hint: say('ask.busy', { seconds: wait }),
    }),
    data: { status: response.status, code: codeOf(tryParse(text)) },
  });
}

/** By an error that came instead of the rest of an answer. */
function refusedIn(event: unknown): TowpathError {
  const message = messageOf(event);
  return refused(message === undefined ? say('ask.no-answer') : askedText(message, codeOf(event)));
}

function refused(
  message: Message,
  details: { hint?: Message; data?: Readonly<Record<string, unknown>> } = {},
): TowpathError {
  return new TowpathError('TOW_CLI_ASK_REFUSED', message, details);
}

/** From `{error: {message}}`, the form of every error of the gateway. */
function messageOf(body: unknown): string | undefined {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message.replace(/\.$/, '') : undefined;
}

function codeOf(body: unknown): string | undefined {
  const { code } = (body as { error?: { code?: unknown } }).error ?? {};
  return typeof code === 'string' ? code : undefined;
}

function parse(data: string): unknown {
  const value = tryParse(data);
  if (typeof value === 'object' && value !== null) return value;
  throw new SaidError(say('ask.not-json', { text: data.slice(0, 80) }));
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
