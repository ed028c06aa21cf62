import type { Message } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { displayWidth, padEnd } from '../output/width.ts';

/** The examples under a command's help: command lines with what each does. */
export function examples(
  { words }: Context,
  ...lines: readonly (readonly [command: string, does: Message])[]
): string {
  const width = Math.max(...lines.map(([command]) => displayWidth(command)));
  const shown = lines.map(([command, does]) => `  $ ${padEnd(command, width)}   ${words.text(does)}`);
  return ['', words('help.examples'), ...shown].join('\n');
}
