import { createParser } from 'eventsource-parser';
import { SaidError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

const longestEvent = 4 * 1024 * 1024;

/**
 * Server-sent events from the chunks of a response, however they are cut. An event that the stream ends in the middle
 * of is left out, as the standard asks.
 *
 * @throws SaidError when one event is longer than 4 MiB
 */
export async function* serverEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  const read: ServerEvent[] = [];
  let tooLong = false as boolean;
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ event = 'message', data }) => void read.push({ event, data }),
    onError: ({ type }) => (tooLong ||= type === 'max-buffer-size-exceeded'),
  });
  for await (const chunk of chunks) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* read.splice(0);
    if (tooLong) throw new SaidError(say('ask.long-event'));
  }
}
