import { Deadline, OverTime } from '../../core/deadline.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { FirstRun, ServiceProgress } from '../../contract/first-run.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { serverEvents } from './sse.ts';

export interface AwaitRelease {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onFirstRun: (firstRun: FirstRun) => void;
}

/** Milliseconds without a byte: the service sends one every ten seconds at least, however slow its run is. */
const longestSilence = 60_000;

/**
 * Waits for the first release, telling how far its run is. False when the service does not say.
 *
 * @throws the error that the first run failed with, TOW_CLI_ASK_REFUSED when it was cancelled or the service ended, or
 * the signal's reason
 */
export async function awaitRelease({ url, signal, onFirstRun }: AwaitRelease): Promise<boolean> {
  const silence = new Deadline(undefined, signal);
  const timer = setTimeout(() => silence.abort(new OverTime(longestSilence)), longestSilence);
  try {
    const headers = { accept: 'text/event-stream' };
    const response = await fetch(new URL('/v1/progress', url), { headers, signal: silence.signal });
    const streams = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (!response.ok || !streams || response.body === null) return false;
    const heard = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        timer.refresh();
        yield chunk;
      }
    };
    for await (const { data } of serverEvents(heard(response.body))) {
      const { release, firstRun } = JSON.parse(data) as ServiceProgress;
      if (release !== undefined) return true;
      if (firstRun === undefined) return false;
      onFirstRun(firstRun);
      if (firstRun.state === 'failed') throw failureOf(firstRun);
      if (firstRun.state === 'cancelled') throw noRelease(say('ask.first-run-cancelled'));
    }
    return false;
  } catch (error) {
    if (error instanceof TowpathError || signal.aborted) throw error;
    throw noRelease(say('ask.first-run-ended', { url }), error);
  } finally {
    clearTimeout(timer);
    // Leaves the stream too, when it was not read to its end.
    silence.abort();
  }
}

function failureOf({ error }: FirstRun): TowpathError {
  return error === undefined ? noRelease(say('ask.first-run-failed')) : TowpathError.fromRecord(error);
}

function noRelease(message: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_CLI_ASK_REFUSED', message, {
    hint: say('ask.look'),
    cause,
  });
}
