import { exitCodes } from '../core/errors/entry.ts';
import type { Words } from '../core/messages/message.ts';

/** One line for each exit code. */
export function exitCodeLines(words: Words): string[] {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return names.map((name) => `  ${String(exitCodes[name]).padEnd(4)} ${words(`exit.${name}`)}`);
}
