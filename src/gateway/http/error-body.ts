import { asTowpathError, textOf, TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Speech } from '../../core/messages/message.ts';

/** An error as OpenAI's clients read it: all four keys, always. */
interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

export interface HttpFailure {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;
}

/** Anything thrown, as an answer: what a user can mend is told in full, a fault of ours without its inside. */
export function httpFailure(thrown: unknown, language: Speech = 'en'): HttpFailure {
  const error = asTowpathError(thrown);
  const status = error.httpStatus;
  const param = error.data?.['param'];
  const text = thrown instanceof TowpathError ? textOf(error) : say('gateway.fault');
  return {
    status,
    body: {
      error: {
        message: render(text, language),
        type: typeOf(status),
        param: typeof param === 'string' ? param : null,
        code: error.code,
      },
    },
    headers: retryHeaders(status, error.data?.['allow']),
  };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 404) return 'not_found_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}

/** `x-should-retry` and `retry-after-ms` are what OpenAI's clients look at first. */
function retryHeaders(status: number, allow: unknown): Record<string, string> {
  const headers: Record<string, string> = typeof allow === 'string' ? { allow } : {};
  if (status !== 429 && status !== 503) return { ...headers, 'x-should-retry': 'false' };
  const seconds = status === 429 ? 1 : 2;
  return {
    ...headers,
    'retry-after': String(seconds),
    'retry-after-ms': String(seconds * 1000),
    'x-should-retry': 'true',
  };
}
