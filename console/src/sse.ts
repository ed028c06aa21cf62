import { createParser } from 'eventsource-parser';

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Takes a stream of server-sent events in pieces cut anywhere; comments are left out. */
export class EventParser {
  readonly #read: ServerEvent[] = [];
  readonly #parser = createParser({
    onEvent: ({ event = 'message', data }) => this.#read.push({ event, data }),
  });

  push(piece: string): ServerEvent[] {
    this.#parser.feed(piece);
    return this.#read.splice(0);
  }
}
