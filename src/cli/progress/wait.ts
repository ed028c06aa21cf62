import type { Clock } from '../../core/clock.ts';
import { duration } from '../../core/messages/duration.ts';
import type { Message, Words } from '../../core/messages/message.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';
import { truncate } from '../output/width.ts';

const quietMs = 1000;
const frameMs = 200;
const eraseLine = '\r\u001b[2K';

export interface WaitOptions {
  readonly err: Output;
  readonly style: Style;
  readonly clock: Clock;
  readonly words: Words;
}

/**
 * Shows on a terminal what is being waited for, from the first second on, and takes it away at the end.
 *
 * @param work may end the wait before it is done, by `come`: it prints something then
 */
export async function whileWaiting<T>(
  text: Message,
  { err, style, clock, words }: WaitOptions,
  work: (come: () => void) => Promise<T>,
): Promise<T> {
  if (!err.isTerminal) return await work(() => undefined);
  const began = clock.monotonic();
  let shown = false;
  const timer = setInterval(() => {
    const waited = clock.monotonic() - began;
    if (waited < quietMs) return;
    shown = true;
    const line = `${words.text(text)} · ${words.text(duration(waited))}`;
    err.write(`${eraseLine}${style.dim(truncate(line, err.columns - 1))}`);
  }, frameMs);
  const come = () => {
    clearInterval(timer);
    if (shown) err.write(eraseLine);
    shown = false;
  };
  try {
    return await work(come);
  } finally {
    come();
  }
}
