import type { HeldBack } from '../../app/service/held-back.ts';
import type { Words } from '../../core/messages/message.ts';
import type { Style } from './style.ts';
import { printable } from './width.ts';
import { localTime } from './words.ts';

/** That a newer release takes no traffic, why, and how it would again. */
export function heldBackLines({ release, newest, by, at }: HeldBack, style: Style, words: Words): string[] {
  const held = { release: style.bold(release), newest, by: printable(by), at: localTime(at) };
  return [
    `${style.yellow('~')} ${words('event.held-back', held)}`,
    style.dim(`  ${words('event.make-live-again', { newest })}`),
  ];
}
