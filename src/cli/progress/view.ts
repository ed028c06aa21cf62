import type { Clock } from '../../core/clock.ts';
import type { Words } from '../../core/messages/message.ts';
import type { TowpathEvent } from '../../app/events.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';
import { JsonView } from './json-view.ts';
import { LineView } from './line-view.ts';
import { LiveView } from './live-view.ts';

/** Shows the events of `run`, `up` and `serve` while they come. */
export interface View {
  show(event: TowpathEvent): void;
  /** Leaves the terminal as it should be for what is printed next; call it on every way out. */
  end(): void;
}

export interface ViewOptions {
  readonly out: Output;
  readonly style: Style;
  readonly words: Words;
  readonly clock: Clock;
  readonly json: boolean;
}

/** Lines of JSON when asked for, a redrawing view on a terminal, quiet lines everywhere else. */
export function createView(options: ViewOptions): View {
  if (options.json) return new JsonView(options.out);
  return options.out.isTerminal ? new LiveView(options) : new LineView(options);
}
