import type { Stats } from 'node:fs';
import { say, type Message } from './messages/message.ts';

/** What stands in the place of a file, as a part of a sentence about it: `it is a FIFO, not a file`. */
export function whatInstead(stats: Stats): Message {
  const kind = stats.isFIFO()
    ? 'fifo'
    : stats.isSocket()
      ? 'socket'
      : stats.isDirectory()
        ? 'folder'
        : 'device';
  return say(`outside.${kind}`);
}
