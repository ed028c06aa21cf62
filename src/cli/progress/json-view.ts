import type { TowpathEvent } from '../../app/events.ts';
import type { Output } from '../io.ts';

/** Every event as one line of JSON. */
export class JsonView {
  readonly #out: Output;

  constructor(out: Output) {
    this.#out = out;
  }

  show(event: TowpathEvent): void {
    this.#out.write(`${JSON.stringify(event)}\n`);
  }

  end(): void {
    // Nothing is held back.
  }
}
