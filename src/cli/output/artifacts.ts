import { say, type Message } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';

/** `12 artifacts, 96.2 MiB`. */
export function artifactsText({ count, bytes }: { readonly count: number; readonly bytes: number }): Message {
  return say('show.amount-of', { count: say('unit.artifacts', { n: count }), size: formatBytes(bytes) });
}
