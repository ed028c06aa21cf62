import type { Clock } from '../../core/clock.ts';
import { duration } from '../../core/messages/duration.ts';
import { say, type Message, type Words } from '../../core/messages/message.ts';
import type { TowpathEvent } from '../../app/events.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';
import { displayWidth, fold, padEnd, printable, truncate } from '../output/width.ts';
import { progressParts } from './amount.ts';
import { bar } from './bar.ts';
import { Board, type RunningStep } from './board.ts';
import { sentence } from './sentences.ts';
import type { ViewOptions } from './view-options.ts';

const frameMs = 100;
const quietMs = 1000;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const barWidth = 24;

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const eraseLineAbove = '\u001b[1A\u001b[2K';

/**
 * For a terminal: what is finished scrolls up as one line each; below it, redrawn in place, a line for each step that
 * runs. Lines never wrap, and after a resize the rows that the old ones have come to take are cleared.
 */
export class LiveView {
  readonly #board = new Board();
  readonly #out: Output;
  readonly #style: Style;
  readonly #words: Words;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  readonly #restore = () => this.#out.write(showCursor);
  #drawn: readonly string[] = [];
  #frame = 0;

  constructor({ out, style, words, clock }: ViewOptions) {
    this.#out = out;
    this.#style = style;
    this.#words = words;
    this.#clock = clock;
    this.#board.readySince = clock.monotonic();
    this.#out.write(hideCursor);
    process.once('exit', this.#restore);
    this.#timer = setInterval(() => this.draw(), frameMs).unref();
  }

  show(event: TowpathEvent): void {
    this.#board.apply(event, this.#clock.monotonic());
    const { nameWidth, failures } = this.#board;
    const { columns: width } = this.#out;
    const text = sentence(event, this.#style, this.#words, { nameWidth, failures, width });
    // Progress waits for the next frame; what lasts is printed at once.
    if (text !== undefined) this.#print(text);
  }

  draw(): void {
    this.#frame += 1;
    this.#replace([]);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#out.write(`${this.#clear()}${showCursor}`);
    this.#drawn = [];
    process.off('exit', this.#restore);
  }

  #print(text: string): void {
    this.#replace(fold(text, this.#out.columns));
  }

  /** One write: the old lines cleared, lasting lines printed, the new lines drawn. */
  #replace(lasting: readonly string[]): void {
    const clear = this.#clear();
    const lines = this.#lines().map((line) => truncate(line, this.#out.columns - 1));
    const text = clear + [...lasting, ...lines].map((line) => `${line}\n`).join('');
    this.#drawn = lines;
    if (text !== '') this.#out.write(text);
  }

  #clear(): string {
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / this.#out.columns)),
      0,
    );
    // Line by line: tmux takes "erase below" from the top of the screen for a page to be kept in its history.
    return rows === 0 ? '' : `\r${eraseLineAbove.repeat(rows)}`;
  }

  #lines(): string[] {
    const now = this.#clock.monotonic();
    const { running, waiting, total, finished, readySince = now } = this.#board;
    const room = Math.max(1, this.#out.rows - 3);
    const steps = [...running.values()];
    const lines = steps.slice(0, room).map((step) => this.#stepLine(step, now));
    if (steps.length > room)
      lines.push(this.#style.dim(`  ${this.#words('event.more-steps', { count: steps.length - room })}`));
    if (now - readySince >= quietMs) lines.push(this.#waitLine(say('event.getting-ready'), now - readySince));
    if (waiting) lines.push(this.#waitLine(waiting.text, now - waiting.since));
    if (total > 0) lines.push(this.#style.dim(`  ${this.#words('event.steps-of', { finished, total })}`));
    return lines;
  }

  #waitLine(text: Message, waited: number): string {
    return `${this.#spin()} ${this.#words.text(text)} ${this.#style.dim(this.#words.text(duration(waited)))}`;
  }

  #stepLine({ name, progress, meter, startedAt }: RunningStep, now: number): string {
    const label = `${this.#spin()} ${this.#style.bold(padEnd(printable(name), this.#board.nameWidth))}`;
    const elapsed = this.#words.text(duration(now - startedAt));
    if (progress === undefined) return `${label} ${this.#style.dim(elapsed)}`;
    const [amount = '', ...rest] = progressParts(progress, meter, now, this.#words).map(printable);
    const share = progress.total ? Math.min(1, progress.done / progress.total) : undefined;
    // A narrow terminal keeps the figures and gives up the bar.
    const fits = this.#out.columns >= this.#board.nameWidth + barWidth + 40;
    const drawn = share === undefined || !fits ? '' : `${bar(share, barWidth, this.#style)} `;
    const parts = share === undefined ? [...rest, elapsed] : rest;
    return this.#withParts(`${label} ${drawn}${amount}`, parts);
  }

  /** A part that does not fit whole is left out: half a word tells nothing. */
  #withParts(line: string, parts: readonly string[]): string {
    let room = this.#out.columns - 1 - displayWidth(line);
    const fitting = parts.filter((part) => {
      const width = displayWidth(part) + 3;
      const fits = width <= room;
      if (fits) room -= width;
      return fits;
    });
    return fitting.length === 0 ? line : `${line}  ${this.#style.dim(fitting.join(' · '))}`;
  }

  #spin(): string {
    return this.#style.cyan(spinner[this.#frame % spinner.length] ?? '');
  }
}
