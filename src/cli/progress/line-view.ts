import type { Clock } from '../../core/clock.ts';
import { duration } from '../../core/messages/duration.ts';
import type { Words } from '../../core/messages/message.ts';
import type { TowpathEvent } from '../../app/events.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';
import { printable } from '../output/width.ts';
import { progressParts } from './amount.ts';
import { Board, type RunningStep } from './board.ts';
import { sentence } from './sentences.ts';
import type { ViewOptions } from './view-options.ts';

const quietMs = 10_000;

/** For logs and pipes: a line when a step starts and ends, and one at most every ten seconds in between. */
export class LineView {
  readonly #board = new Board();
  readonly #lastLine = new Map<string, number>();
  readonly #out: Output;
  readonly #style: Style;
  readonly #words: Words;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;

  constructor({ out, style, words, clock }: ViewOptions) {
    this.#out = out;
    this.#style = style;
    this.#words = words;
    this.#clock = clock;
    this.#timer = setInterval(() => this.tick(), 1000).unref();
  }

  show(event: TowpathEvent): void {
    const now = this.#clock.monotonic();
    this.#board.apply(event, now);
    if (event.event === 'step-started') {
      this.#lastLine.set(event.step, now);
      const step = printable(event.step);
      const reason = event.reasonText ?? event.reason;
      this.#line(
        `  ${reason === undefined ? this.#words('event.step-started', { step }) : this.#words('event.step-started-why', { step, reason })}`,
      );
    } else if (event.event === 'replica-starting') {
      this.#line(`  ${this.#words.text(this.#board.waiting?.text ?? '')}`);
    } else {
      const text = sentence(event, this.#style, this.#words, {
        nameWidth: 0,
        failures: this.#board.failures,
        width: this.#out.columns,
      });
      if (text !== undefined) this.#line(text);
    }
  }

  /** Prints the steps that have been quiet for long. */
  tick(): void {
    const now = this.#clock.monotonic();
    for (const step of this.#board.running.values()) {
      if (now - (this.#lastLine.get(step.name) ?? step.startedAt) < quietMs) continue;
      this.#lastLine.set(step.name, now);
      this.#line(`  ${printable(step.name)} ${this.#parts(step, now).join(' · ')}`);
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #parts({ progress, meter, startedAt }: RunningStep, now: number): string[] {
    if (progress === undefined)
      return [this.#words('event.running-for', { time: duration(now - startedAt) })];
    return progressParts(progress, meter, now, this.#words).map(printable);
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`);
  }
}
