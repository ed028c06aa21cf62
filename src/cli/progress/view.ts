import type { TowpathEvent } from '../../app/events.ts';
import { JsonView } from './json-view.ts';
import { LineView } from './line-view.ts';
import { LiveView } from './live-view.ts';
import type { ViewOptions } from './view-options.ts';

/** Shows the events of `run`, `up` and `serve` while they come. */
export interface View {
  show(event: TowpathEvent): void;
  /** Leaves the terminal as it should be for what is printed next; call it on every way out. */
  end(): void;
}

/** Lines of JSON when asked for, a redrawing view on a terminal, quiet lines everywhere else. */
export function createView(options: ViewOptions & { readonly json: boolean }): View {
  if (options.json) return new JsonView(options.out);
  return options.out.isTerminal ? new LiveView(options) : new LineView(options);
}
