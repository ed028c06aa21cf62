import { normalise } from '../normalise.ts';

const lineEnd = /\r\n?|[\n\u0085\u2028\u2029\v\f]/g;

/**
 * The lines of a file, from 1, where places of its normalised text stand.
 *
 * Normalising takes blank lines away and nothing else of the order of lines: the n-th line that is not blank is the n-th
 * in both.
 *
 * @param starts offsets in `text`, in order
 * @param raw what `text` was normalised from: the whole end of a file whose last line is `lastLine`
 */
export function linesOf(
  starts: readonly number[],
  text: string,
  { raw, lastLine }: { readonly raw: string; readonly lastLine: number },
): number[] {
  const filled = filledLines(raw);
  const first = lastLine - physicalLines(raw) + 1;
  const lines: number[] = [];
  let ordinal = -1;
  let at = 0;
  for (const line of text.split('\n')) {
    if (lines.length === starts.length) break;
    if (line.trim() !== '') ordinal += 1;
    for (
      let start = starts[lines.length];
      start !== undefined && start <= at + line.length;
      start = starts[lines.length]
    )
      lines.push(first + (filled[ordinal] ?? 0));
    at += line.length + 1;
  }
  return lines;
}

/** Which lines of the file are not blank, from 0; what else ends a line in a text ends none in a file. */
function filledLines(raw: string): number[] {
  const filled: number[] = [];
  let line = 0;
  let from = 0;
  const take = (end: number) => {
    if (normalise(raw.slice(from, end)) !== '') filled.push(line);
  };
  for (const { 0: ended, index } of raw.matchAll(lineEnd)) {
    take(index);
    if (ended.endsWith('\n')) line += 1;
    from = index + ended.length;
  }
  take(raw.length);
  return filled;
}

/** As `lines` of a document counts them. */
function physicalLines(raw: string): number {
  const last = raw.endsWith('\n') ? raw.length - 1 : raw.length;
  let count = 1;
  for (let at = raw.indexOf('\n'); at >= 0 && at < last; at = raw.indexOf('\n', at + 1)) count += 1;
  return count;
}
