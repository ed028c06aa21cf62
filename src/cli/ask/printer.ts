import type { Answer } from '../../contract/answer.ts';
import { duration } from '../../core/messages/duration.ts';
import type { Words } from '../../core/messages/message.ts';
import type { Output } from '../io.ts';
import type { Style } from '../output/style.ts';
import { printable, printableInLine, truncate, wrap } from '../output/width.ts';
import type { Sentence } from './client.ts';

const widest = 100;
const excerptLines = 2;

/** Prints an answer while it comes, then what it rests on and which release gave it. */
export class AnswerPrinter {
  readonly #out: Output;
  readonly #style: Style;
  readonly #words: Words;
  #printed = '';

  constructor(out: Output, style: Style, words: Words) {
    this.#out = out;
    this.#style = style;
    this.#words = words;
  }

  /** A sentence is whole when it comes, so each is wrapped and printed at once. */
  sentence({ text, citations }: Sentence): void {
    const clean = printable(text).trim();
    const marks = /\[\d+\]/.test(clean) ? '' : citations.map((n) => `[${n}]`).join('');
    this.#paragraph(`${clean}${marks === '' ? '' : ` ${marks}`}`);
  }

  answer(answer: Answer): void {
    if (this.#printed === '') this.#paragraph(printable(answer.answer));
    const { citations, release, timings, declined } = answer;
    const width = Math.min(widest, this.#out.columns);
    if (citations.length > 0) this.#line('');
    for (const { n, source, heading, text } of citations) {
      const place = printableInLine(heading === '' ? source : `${source} › ${heading}`);
      this.#line(`${this.#style.cyan(`[${n}]`)} ${truncate(place, width - 5)}`);
      for (const line of excerpt(text, width - 4)) this.#line(`    ${this.#style.dim(line)}`);
    }
    const total = timings['total'];
    const parts = [
      ...(declined ? [this.#words('show.declined')] : []),
      this.#words('show.release-of', { release: printable(release) }),
      ...(total === undefined ? [] : [this.#words.text(duration(total))]),
    ];
    this.#line('');
    this.#line(this.#style.dim(parts.join(' · ')));
  }

  #paragraph(text: string): void {
    const coloured = (line: string) => line.replace(/\[\d+\]/g, (mark) => this.#style.cyan(mark));
    for (const line of wrap(text, Math.min(widest, this.#out.columns))) this.#line(coloured(line));
    this.#printed += text;
  }

  #line(text: string): void {
    this.#out.write(`${text}\n`);
  }
}

function excerpt(text: string, width: number): string[] {
  const lines = wrap(printable(text).replace(/\s+/g, ' ').trim(), width);
  if (lines.length <= excerptLines) return lines;
  const last = lines[excerptLines - 1] ?? '';
  return [...lines.slice(0, excerptLines - 1), `${truncate(last, width - 1)}…`];
}
