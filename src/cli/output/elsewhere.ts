import type { Words } from '../../core/messages/message.ts';
import type { Style } from './style.ts';
import { printableInLine } from './width.ts';

/** What can be done about a run of another machine. */
export function elsewhereAdvice(run: string, host: string, style: Style, words: Words): string[] {
  return [
    style.dim(`  ${words('show.elsewhere', { run })}`),
    style.dim(`  ${words('show.elsewhere-gone', { run, host: printableInLine(host) })}`),
  ];
}
