import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import type { Entry } from './examples.ts';
import { questionsOf } from './material.ts';
import { Resemblance, type SuiteEntry } from './resemblance.ts';

const mostListed = 50;

/** Collects the examples that ask what the evaluation asks. */
export class Leaks {
  readonly #resemblance: Resemblance;
  readonly #found: Message[] = [];

  constructor(suite: Iterable<SuiteEntry>) {
    this.#resemblance = new Resemblance(suite);
  }

  look({ example, place }: Entry): void {
    const { whole, around } = questionsOf(example);
    for (const [text, id] of [
      ...whole.map((each) => [each, this.#resemblance.question(each)] as const),
      ...around.map((each) => [each, this.#resemblance.inside(each)] as const),
    ]) {
      if (id === undefined) continue;
      const shown = text.length > 100 ? `${text.slice(0, 99)}…` : text;
      this.#found.push(say('training.leak', { place, text: JSON.stringify(shown), id }));
      return;
    }
  }

  /** @throws TowpathError TOW_TRAIN_LEAK with all of them */
  check(): void {
    if (this.#found.length === 0) return;
    const listed = this.#found.slice(0, mostListed);
    const more = this.#found.length - listed.length;
    const lines = more > 0 ? [...listed, say('training.more', { count: more })] : listed;
    throw new TowpathError('TOW_TRAIN_LEAK', say('training.leaks', { n: this.#found.length, lines }), {
      data: { leaks: listed.map((leak) => render(leak, 'en')) },
    });
  }
}
