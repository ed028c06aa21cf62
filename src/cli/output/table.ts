import type { Style } from './style.ts';
import { displayWidth, padEnd, padStart, truncate } from './width.ts';

export interface Column<Row> {
  readonly header: string;
  /** What stands in the cell; colours are allowed. */
  readonly cell: (row: Row) => string;
  /** @default "left" */
  readonly align?: 'left' | 'right';
  /** Is shortened first when the terminal is narrow. */
  readonly flexible?: boolean;
}

const gap = '  ';
const narrowest = 8;

/** Lines of a table: aligned by display width, as wide as its content, at most as wide as the terminal. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
  width: number,
): string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => oneLine(cell(row))));
  const widths = columns.map(({ header }, i) =>
    Math.max(displayWidth(header), ...cells.map((line) => displayWidth(line[i] ?? ''))),
  );
  shrink(widths, columns, width);
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => {
        const fitted = truncate(text, widths[i] ?? 0);
        return columns[i]?.align === 'right'
          ? padStart(fitted, widths[i] ?? 0)
          : padEnd(fitted, widths[i] ?? 0);
      })
      .join(gap)
      .trimEnd();
  return [style.dim(line(columns.map(({ header }) => header))), ...cells.map(line)];
}

function shrink(widths: number[], columns: readonly Column<never>[], available: number): void {
  let over = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - available;
  for (const [i, column] of columns.entries()) {
    if (over <= 0 || column.flexible !== true) continue;
    const smaller = Math.max(narrowest, (widths[i] ?? 0) - over);
    over -= (widths[i] ?? 0) - smaller;
    widths[i] = smaller;
  }
}

function oneLine(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line, at) => line !== '' || at === 0 || at === lines.length - 1).join(' ');
}
