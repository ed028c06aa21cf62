/** Finds the line and column of an offset. The parser's own counter misses lines after a syntax error. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Line and column from 1, and the offset where the line starts. */
  placeOf(offset: number): { readonly line: number; readonly column: number; readonly start: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const start = this.#starts[low] ?? 0;
    return { line: low + 1, column: offset - start + 1, start };
  }
}
