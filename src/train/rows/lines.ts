import { say, type Message } from '../../core/messages/message.ts';

/** A line of a file with its number from 1, or what is wrong with it. */
export interface Line {
  readonly line: number;
  readonly text?: string;
  readonly problem?: Message;
}

/** Longest line that is read. */
export const longestLine = 1024 * 1024;

/**
 * The lines of a UTF-8 file that comes in blocks; blank ones are left out. Bytes that are no text, and lines over a
 * mebibyte, are problems of the line where they are.
 */
export async function* readLines(blocks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let line = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const take = function* (): Generator<Line> {
    line += 1;
    const decoded = decode(parts, length, line);
    parts = [];
    length = 0;
    if (decoded.problem !== undefined || decoded.text?.trim()) yield decoded;
  };
  for await (const chunk of blocks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      yield* take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield* take();

  /** What is beyond the limit is counted and let go. */
  function keep(part: Buffer): void {
    if (length <= longestLine && part.length > 0) parts.push(part);
    length += part.length;
  }
}

function decode(parts: readonly Buffer[], length: number, line: number): Line {
  if (length > longestLine) {
    return { line, problem: say('line.too-long', { bytes: length, most: longestLine }) };
  }
  const bytes = Buffer.concat(parts);
  if (line === 1 && (bytes.indexOf('fffe', 0, 'hex') === 0 || bytes.indexOf('feff', 0, 'hex') === 0)) {
    return { line, problem: say('line.utf16') };
  }
  if (bytes.includes(0)) return { line, problem: say('line.nul') };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: line !== 1 }).decode(bytes);
    return { line, text };
  } catch {
    return { line, problem: say('line.not-utf8') };
  }
}
