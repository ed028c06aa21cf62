import { say, type Message } from '../../../core/messages/message.ts';
import type { RejectReason } from '../../ingest/reject.ts';
import type { Line } from '../text-lines.ts';
import { CsvFields } from './fields.ts';

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
  /** Lines of a row whose quoted field is still open, and those after them that are to be read again. */
  #lines: string[] = [];
  /** Of these, the first line of the row, and the first that was not read yet. */
  #first = 0;
  #unread = 0;
  #openLength = 0;
  #fields: CsvFields;
  /** Number of the line at `#first`. */
  #number: number;

  /** @param firstLine number of the first line that will be pushed */
  constructor(separator: string, maxRow: number, firstLine: number) {
    this.#separator = separator;
    this.#maxRow = maxRow;
    this.#number = firstLine;
    this.#fields = new CsvFields(separator);
  }

  *push(line: Line): Generator<CsvEvent> {
    if (typeof line === 'string') {
      this.#lines.push(line);
      yield* this.#read(false);
      return;
    }
    yield* this.end();
    yield { ...line, line: this.#number };
    this.#number += 1;
  }

  /** Nothing more comes: a field still open is refused. */
  *end(): Generator<CsvEvent> {
    yield* this.#read(true);
  }

  /** Reads every line once; those after a refused one once more. */
  *#read(atEnd: boolean): Generator<CsvEvent> {
    for (;;) {
      const line = this.#lines[this.#unread];
      if (line === undefined) {
        if (!atEnd || this.#first === this.#unread) break;
        yield this.#refuse(say('reject.quote-open'));
        continue;
      }
      this.#unread += 1;
      this.#openLength += line.length + 1;
      const state = this.#fields.take(line);
      if (state === 'row') {
        const { values } = this.#fields;
        const first = this.#number;
        this.#take(this.#unread - this.#first);
        if (values.length > 1 || values[0] !== '') yield { fields: values, first, last: this.#number - 1 };
      } else if (state === 'broken') {
        const { column, cause } = this.#fields.broken;
        yield this.#refuse(say(`reject.quote-${cause}`, { column }));
      } else if (this.#openLength > this.#maxRow) yield this.#refuse(say('reject.quote-open'));
    }
    // Lets go of what is behind, seldom enough to cost nothing.
    if (this.#first * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#first);
    this.#unread -= this.#first;
    this.#first = 0;
  }

  #refuse(reason: Message): CsvEvent {
    const line = this.#number;
    this.#take(1);
    return { code: 'TOW_DATA_CSV_QUOTING', reason, line };
  }

  /** Leaves the row's first lines behind; what follows is read from its beginning. */
  #take(count: number): void {
    this.#first += count;
    this.#number += count;
    this.#unread = this.#first;
    this.#openLength = 0;
    this.#fields = new CsvFields(this.#separator);
  }
}
