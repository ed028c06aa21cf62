import type { Clock } from '../../core/clock.ts';
import type { Words } from '../../core/messages/message.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';

/** What a view of events shows on, how it looks and in which language. */
export interface ViewOptions {
  readonly out: Output;
  readonly style: Style;
  readonly words: Words;
  readonly clock: Clock;
}
