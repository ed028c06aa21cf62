import type { Answer } from '../../core/answer.ts';
import { OverTime, withDeadline } from '../../core/deadline.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
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
  readonly signal: AbortSignal;
  readonly onSentence: (sentence: Sentence) => void;
}

/** Beyond any deadline that a service sets itself: for one that has stopped answering. */
const longestWaitMs = 180_000;

/**
 * Asks a running service and hands on each sentence as it comes.
 *
 * @throws TOW_CLI_NO_SERVICE, TOW_CLI_ASK_REFUSED, TOW_CLI_ANSWER_BROKEN, or the signal's reason
 */
export async function ask({ url, question, signal, onSentence }: AskRequest): Promise<Answer> {
  return await withDeadline(longestWaitMs, signal, (limited) =>
    answerOf({ url, question, signal: limited, onSentence }),
  );
}

async function answerOf({ url, question, signal, onSentence }: AskRequest): Promise<Answer> {
  const response = await send(url, question, signal);
  if (!response.ok || response.body === null) throw await refusal(response, url);
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    throw new TowpathError('TOW_CLI_NO_SERVICE', `what answers at ${url} is no Towpath service`);
  }
  try {
    for await (const { event, data } of serverEvents(response.body)) {
      if (event === 'sentence') onSentence(parse(data) as Sentence);
      else if (event === 'answer') return parse(data) as Answer;
      else if (event === 'error') throw refused(messageOf(parse(data)) ?? 'the service could not answer');
    }
  } catch (cause) {
    if (cause instanceof TowpathError || givenUp(signal)) throw cause;
    throw new TowpathError('TOW_CLI_ANSWER_BROKEN', `the answer from ${url} broke off`, { cause });
  }
  throw new TowpathError('TOW_CLI_ANSWER_BROKEN', `the answer from ${url} ended before it was whole`);
}

async function send(url: string, question: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(new URL('/v1/qa', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ question, stream: true }),
      signal,
      redirect: 'error',
    });
  } catch (cause) {
    if (givenUp(signal)) throw cause;
    throw new TowpathError('TOW_CLI_NO_SERVICE', `nothing answers at ${url}`, { cause: rootCause(cause) });
  }
}

/** Whether it was the caller that ended it, not the time. */
function givenUp(signal: AbortSignal): boolean {
  return signal.aborted && !(signal.reason instanceof OverTime);
}

/** 503 without a release is the time in which the first one is made. */
const waitingFor: Readonly<Record<number, string>> = {
  503: 'the terminal of `towpath up` shows how far it is',
};

async function refusal(response: Response, url: string): Promise<TowpathError> {
  const text = (await response.text()).slice(0, 10_000);
  const message = messageOf(tryParse(text));
  if (message === undefined) {
    return new TowpathError(
      'TOW_CLI_NO_SERVICE',
      `what answers at ${url} is no Towpath service (HTTP ${response.status})`,
    );
  }
  const wait = response.headers.get('retry-after');
  return refused(message, {
    ...(wait !== null && {
      hint: `${waitingFor[response.status] ?? 'the service is busy'}: try again in ${wait} s`,
    }),
    data: { status: response.status },
  });
}

function refused(
  message: string,
  details: { hint?: string; data?: Record<string, unknown> } = {},
): TowpathError {
  return new TowpathError('TOW_CLI_ASK_REFUSED', message, details);
}

/** From `{error: {message}}`, the form of every error of the gateway. */
function messageOf(body: unknown): string | undefined {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  return typeof error.message === 'string' ? error.message.replace(/\.$/, '') : undefined;
}

function parse(data: string): unknown {
  const value = tryParse(data);
  if (typeof value === 'object' && value !== null) return value;
  throw new SyntaxError(`not JSON: ${data.slice(0, 80)}`);
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
