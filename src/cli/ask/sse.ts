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
  let rest = '';
  let event = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > longestEvent) throw new SaidError(say('ask.long-event'));
    // A carriage return at the very end may be half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
    }
  }
}
