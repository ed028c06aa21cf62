/** Longer lines are cut into several: a step that prints without line breaks must not fill our memory. */
const maxLine = 16_384;

/**
 * Turns chunks of text into lines, without empty ones. A carriage return ends a line (progress bars redraw that way),
 * and so does the mark before a line of the step process itself, whatever a native library printed before it.
 */
export function lineSplitter(onLine: (line: string) => void): { write(chunk: string): void; end(): void } {
  let rest = '';
  const emit = (line: string): void => {
    for (let at = 0; at < line.length; at += maxLine) onLine(line.slice(at, at + maxLine));
  };
  return {
    write(chunk) {
      const parts = (rest + chunk).split(/\r\n|\n|\r|(?=\u001e)/);
      rest = parts.pop() ?? '';
      parts.forEach(emit);
      if (rest.length > maxLine) {
        emit(rest);
        rest = '';
      }
    },
    end() {
      emit(rest);
      rest = '';
    },
  };
}
