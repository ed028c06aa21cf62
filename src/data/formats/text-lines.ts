import { say } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import { decode, detectEncoding, type Encoding } from '../ingest/encoding/detect.ts';
import { isReject, type RejectReason } from '../ingest/reject.ts';
import type { Blocks } from './format.ts';
import { RejectError } from './reject-error.ts';

/** A line without its end, or why it could not be read. */
export type Line = string | RejectReason;

/**
 * The lines of a file, in groups of about a megabyte. Only the unfinished last line is carried over; one longer than
 * `maxLine` bytes is dropped with the reason while the lines after it are kept.
 *
 * @throws RejectError when no line can be read at all
 */
export async function* textLines(
  file: Blocks,
  declared: Encoding | 'auto',
  maxLine: number,
): AsyncGenerator<Line[]> {
  const head = await file.next();
  if (head === undefined) throw new RejectError({ code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.empty') });
  const second = await file.next();
  const detected = detectLines(head, second === undefined, declared);
  if (isReject(detected)) throw new RejectError(detected);
  const splitter = new LineSplitter(detected.encoding, maxLine);
  // Lines that end in CR alone, as on the classic Mac: no other line end is there.
  const alone = !detected.encoding.startsWith('utf-16') && !head.includes(0x0a) && head.includes(0x0d);
  const ended = (block: Buffer): Buffer =>
    alone ? (block.map((byte) => (byte === 0x0d ? 0x0a : byte)) as Buffer) : block;
  yield splitter.push(ended(head.subarray(detected.skip)));
  for (let block = second; block !== undefined; block = await file.next()) yield splitter.push(ended(block));
  yield splitter.end();
}

const nulReasons: ReadonlySet<string> = new Set(['reject.zero-bytes', 'reject.zero-no-utf16']);

/** A few NUL bytes spoil the lines that they are in; more of them are no text. */
function detectLines(
  head: Buffer,
  whole: boolean,
  declared: Encoding | 'auto',
): ReturnType<typeof detectEncoding> {
  const detected = detectEncoding(head, whole, declared);
  if (!isReject(detected) || !nulReasons.has(detected.reason.id)) return detected;
  const rest = head.filter((byte) => byte !== 0);
  return rest.length < head.length * 0.9 ? detected : detectEncoding(rest, whole, declared);
}

function withoutNul(line: string): Line {
  return line.includes('\0') ? { code: 'TOW_DATA_GARBLED', reason: say('reject.zero-bytes') } : line;
}

/** Bytes of `\r\n` in UTF-16: no part of the line. */
const longestEnd = 4;

class LineSplitter {
  readonly #encoding: Encoding;
  readonly #maxLine: number;
  /** Blocks of a line that has not ended yet. */
  #pending: Buffer[] = [];
  #pendingLength = 0;
  #tooLong = false;

  constructor(encoding: Encoding, maxLine: number) {
    this.#encoding = encoding;
    this.#maxLine = maxLine;
  }

  push(block: Buffer): Line[] {
    // A line over many blocks is put together once, when it ends; units of UTF-16 must not be looked at askew.
    const apart = this.#pendingLength % 2 === 0 || !this.#encoding.startsWith('utf-16');
    const bytes = apart ? block : Buffer.concat([...this.#pending.splice(0), block]);
    const end = this.#lastLineEnd(bytes);
    const lines = end === 0 ? [] : this.#lines(this.#joined(bytes.subarray(0, end)));
    if (end < bytes.length) this.#pending.push(bytes.subarray(end));
    this.#pendingLength = this.#pending.reduce((sum, part) => sum + part.length, 0);
    if (this.#tooLong && lines.length > 0) {
      lines[0] = this.#longLine();
      this.#tooLong = false;
    }
    if (this.#pendingLength > this.#maxLine) {
      this.#pending = [];
      this.#pendingLength = 0;
      this.#tooLong = true;
    }
    return lines;
  }

  #joined(end: Buffer): Buffer {
    const parts = this.#pending.splice(0);
    return parts.length === 0 ? end : Buffer.concat([...parts, end]);
  }

  end(): Line[] {
    if (this.#tooLong) return [this.#longLine()];
    return this.#pendingLength === 0 ? [] : [this.#line(Buffer.concat(this.#pending))];
  }

  /** Offset after the last line end, 0 when there is none. */
  #lastLineEnd(bytes: Buffer): number {
    if (!this.#encoding.startsWith('utf-16')) return bytes.lastIndexOf(0x0a) + 1;
    const low = this.#encoding === 'utf-16le' ? 0 : 1;
    for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2)
      if (bytes[at + low] === 0x0a && bytes[at + 1 - low] === 0) return at + 2;
    return 0;
  }

  /** Lines of bytes that end in a line end: decoded at once, one by one where one may be wrong or too long. */
  #lines(bytes: Buffer): Line[] {
    const text = bytes.length > this.#maxLine ? undefined : decode(bytes, this.#encoding);
    if (text !== undefined) {
      const lines = text.split('\n');
      lines.pop();
      const ended = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
      return text.includes('\0') ? ended.map(withoutNul) : ended;
    }
    const lines: Line[] = [];
    for (let rest = bytes; rest.length > 0;) {
      const end = this.#firstLineEnd(rest);
      lines.push(this.#line(rest.subarray(0, end)));
      rest = rest.subarray(end);
    }
    return lines;
  }

  #firstLineEnd(bytes: Buffer): number {
    if (!this.#encoding.startsWith('utf-16')) return bytes.indexOf(0x0a) + 1 || bytes.length;
    const low = this.#encoding === 'utf-16le' ? 0 : 1;
    for (let at = 0; at + 1 < bytes.length; at += 2)
      if (bytes[at + low] === 0x0a && bytes[at + 1 - low] === 0) return at + 2;
    return bytes.length;
  }

  #line(bytes: Buffer): Line {
    if (bytes.length > this.#maxLine + longestEnd) return this.#longLine();
    const text = decode(bytes, this.#encoding);
    if (text !== undefined) return withoutNul(text.replace(/\r?\n$|\r$/, ''));
    return { code: 'TOW_DATA_ENCODING_INVALID', reason: say('reject.bytes', { encoding: this.#encoding }) };
  }

  #longLine(): RejectReason {
    return {
      code: 'TOW_DATA_TOO_LARGE',
      reason: say('reject.long-line', { most: formatBytes(this.#maxLine) }),
    };
  }
}
