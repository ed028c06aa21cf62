import type { RejectReason } from '../reject.ts';
import type { Line } from './text-lines.ts';

export interface CsvRow {
  readonly fields: readonly string[];
  readonly first: number;
  readonly last: number;
}
export type CsvEvent = CsvRow | (RejectReason & { readonly line: number });

/**
 * Cuts lines into CSV rows (RFC 4180). Where quotation marks do not pair up, the line that the row began on is
 * refused and reading goes on with the line after it, so that a stray mark costs one row and not the rest of the file.
 */
export class CsvRows {
  readonly #separator: string;
  readonly #maxRow: number;
  /** Lines of a row whose quoted field is still open. */
  #open: string[] = [];
  #openLength = 0;
  #next = 1;

  /** @param firstLine number of the first line that will be pushed */
  constructor(separator: string, maxRow: number, firstLine: number) {
    this.#separator = separator;
    this.#maxRow = maxRow;
    this.#next = firstLine;
  }

  *push(line: Line): Generator<CsvEvent> {
    if (typeof line === 'string') {
      this.#open.push(line);
      this.#openLength += line.length + 1;
      this.#next += 1;
      // A line without a quotation mark closes no open field: reading the row again would be for nothing.
      const stillOpen = this.#open.length > 1 && !line.includes('"') && this.#openLength <= this.#maxRow;
      if (!stillOpen) yield* this.#read(false);
      return;
    }
    yield* this.end();
    yield { ...line, line: this.#next };
    this.#next += 1;
  }

  /** Nothing more comes: a field still open is refused. */
  *end(): Generator<CsvEvent> {
    while (this.#open.length > 0) yield* this.#read(true);
  }

  *#read(atEnd: boolean): Generator<CsvEvent> {
    while (this.#open.length > 0) {
      const first = this.#next - this.#open.length;
      const parsed = parseRow(this.#open, this.#separator);
      if (parsed.kind === 'open' && !atEnd && this.#openLength <= this.#maxRow) return;
      if (parsed.kind === 'row') {
        this.#take(parsed.lines);
        if (parsed.fields.length > 1 || parsed.fields[0] !== '')
          yield { fields: parsed.fields, first, last: first + parsed.lines - 1 };
        continue;
      }
      this.#take(1);
      const reason =
        parsed.kind === 'open'
          ? 'a quotation mark is opened and not closed'
          : `text follows a closing quotation mark in column ${String(parsed.column)}`;
      yield { code: 'TOW_DATA_CSV_QUOTING', reason, line: first };
    }
  }

  #take(lines: number): void {
    for (const line of this.#open.splice(0, lines)) this.#openLength -= line.length + 1;
  }
}

type Parsed =
  | { readonly kind: 'row'; readonly fields: string[]; readonly lines: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly column: number };

/** Reads one row from the first of the lines on. A bare quotation mark inside an unquoted field is broken quoting too. */
function parseRow(lines: readonly string[], separator: string): Parsed {
  const fields: string[] = [];
  let index = 0;
  let line = lines[0] ?? '';
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const stop = line.indexOf(separator, at);
      const field = stop < 0 ? line.slice(at) : line.slice(at, stop);
      if (field.includes('"')) return { kind: 'broken', column: fields.length + 1 };
      fields.push(field);
      if (stop < 0) return { kind: 'row', fields, lines: index + 1 };
      at = stop + 1;
      continue;
    }
    let value = '';
    at += 1;
    for (;;) {
      const quote = line.indexOf('"', at);
      if (quote < 0) {
        value += `${line.slice(at)}\n`;
        index += 1;
        const following = lines[index];
        if (following === undefined) return { kind: 'open' };
        line = following;
        at = 0;
        continue;
      }
      value += line.slice(at, quote);
      at = quote + 1;
      if (line[at] !== '"') break;
      value += '"';
      at += 1;
    }
    fields.push(value);
    if (at >= line.length) return { kind: 'row', fields, lines: index + 1 };
    if (line[at] !== separator) return { kind: 'broken', column: fields.length };
    at += 1;
  }
}
