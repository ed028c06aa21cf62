/** What a row is after a line: whole, with a quoted field still open, or broken. */
type RowState = 'row' | 'open' | 'broken';

export interface BrokenField {
  /** From 1. */
  readonly column: number;
  /** A mark inside a field that does not begin with one, text after a closing mark, or a mark behind a backslash. */
  readonly cause: 'inside' | 'text' | 'backslash';
}

/** The fields of one row, line by line, so that a row of many lines is read once. */
export class CsvFields {
  readonly #separator: string;
  #values: string[] = [];
  /** What a quoted field holds so far; undefined outside one. */
  #quoted: string[] | undefined;
  #broken: BrokenField = { column: 0, cause: 'inside' };

  constructor(separator: string) {
    this.#separator = separator;
  }

  get values(): readonly string[] {
    return this.#values;
  }

  get broken(): BrokenField {
    return this.#broken;
  }

  take(line: string): RowState {
    let at = 0;
    for (;;) {
      if (this.#quoted === undefined && line[at] !== '"') {
        const stop = line.indexOf(this.#separator, at);
        const field = stop < 0 ? line.slice(at) : line.slice(at, stop);
        if (field.includes('"')) return this.#refuse(this.#values.length + 1, 'inside');
        this.#values.push(field);
        if (stop < 0) return 'row';
        at = stop + 1;
        continue;
      }
      const parts = (this.#quoted ??= []);
      // A continued field begins at the line's start, a new one after its mark.
      if (parts.length === 0) at += 1;
      const end = this.#toClosingMark(line, at, parts);
      if (end === undefined) return 'open';
      this.#values.push(parts.join(''));
      this.#quoted = undefined;
      if (end >= line.length) return 'row';
      if (line[end] !== this.#separator)
        return this.#refuse(this.#values.length, line[end - 2] === '\\' ? 'backslash' : 'text');
      at = end + 1;
    }
  }

  #refuse(column: number, cause: BrokenField['cause']): 'broken' {
    this.#broken = { column, cause };
    return 'broken';
  }

  /** Collects a quoted field; the place after its closing mark, or undefined when the line ends before. */
  #toClosingMark(line: string, from: number, parts: string[]): number | undefined {
    for (let at = from; ;) {
      const mark = line.indexOf('"', at);
      if (mark < 0) {
        parts.push(`${line.slice(at)}\n`);
        return undefined;
      }
      parts.push(line.slice(at, mark));
      if (line[mark + 1] !== '"') return mark + 1;
      parts.push('"');
      at = mark + 2;
    }
  }
}
