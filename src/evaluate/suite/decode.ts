import { say, type Message } from '../../core/messages/message.ts';

/** A line of a file with its number from 1, or what is wrong with it. */
export interface DecodedLine {
  readonly line: number;
  readonly text?: string;
  readonly problem?: Message;
}

/** Longest line that is still read: a question with a passage takes a few kilobytes. */
const maxLineBytes = 64 * 1024;

/**
 * Cuts bytes into UTF-8 lines. A UTF-8 byte-order mark is skipped; UTF-16, binary content, invalid UTF-8 and over-long
 * lines are problems of the line where they are. Blank lines are left out.
 */
export function decodeLines(bytes: Uint8Array): DecodedLine[] {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return [{ line: 1, problem: say('line.utf16') }];
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const lines: DecodedLine[] = [];
  let start = bom;
  for (let line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const stop = newline === -1 ? bytes.length : newline;
    const decoded = decodeLine(bytes.subarray(start, stop), line);
    if (decoded.problem !== undefined || decoded.text?.trim()) lines.push(decoded);
    start = stop + 1;
  }
  return lines;
}

function decodeLine(bytes: Uint8Array, line: number): DecodedLine {
  if (bytes.length > maxLineBytes) {
    return { line, problem: say('line.too-long', { bytes: bytes.length, most: maxLineBytes }) };
  }
  if (bytes.includes(0)) return { line, problem: say('line.nul') };
  try {
    return { line, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { line, problem: say('line.not-utf8') };
  }
}
