import { SaidError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** Longest line taken: one that never ends must not eat the memory. */
const maxLine = 1 << 20;

/** The JSON values of an NDJSON stream; lines and characters may be cut anywhere by the transport. */
export async function* ndjson<T>(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    let end = rest.indexOf('\n');
    let start = 0;
    for (; end >= 0; end = rest.indexOf('\n', start)) {
      if (end > start) yield JSON.parse(rest.slice(start, end)) as T;
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > maxLine) throw new SaidError(say('replica.line-long', { most: maxLine }));
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield JSON.parse(rest) as T;
}
