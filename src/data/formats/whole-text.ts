import { say } from '../../core/messages/message.ts';
import { decode, detectEncoding, type Encoding } from '../ingest/encoding/detect.ts';
import { isReject, type RejectReason } from '../ingest/reject.ts';

/**
 * The text of a whole file, or why it has none.
 *
 * @param whole whether the bytes are the whole file; otherwise a character cut at their end is forgiven
 */
export function wholeText(bytes: Buffer, declared: Encoding | 'auto', whole = true): string | RejectReason {
  if (bytes.length === 0) return { code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.empty') };
  const detected = detectEncoding(bytes, whole, declared);
  if (isReject(detected)) return detected;
  const body = bytes.subarray(detected.skip);
  const text = decode(body, detected.encoding, whole);
  if (text === undefined) return invalid(body, detected.encoding, declared === 'auto' && detected.skip === 0);
  if (text.trim() === '') return { code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.blank') };
  // Lines that end in CR alone, as on the classic Mac.
  return text.includes('\n') ? text : text.replaceAll('\r', '\n');
}

function invalid(bytes: Buffer, encoding: Encoding, guessed: boolean): RejectReason {
  const line = firstBadLine(bytes, encoding);
  return {
    code: 'TOW_DATA_ENCODING_INVALID',
    // Of itself, UTF-8 is what is left when the others are ruled out.
    reason:
      guessed && encoding === 'utf-8'
        ? say('reject.line-bytes-auto', { line })
        : say('reject.line-bytes', { line, encoding }),
    line,
  };
}

/** Halves the bytes until the line is found where decoding first fails. */
function firstBadLine(bytes: Buffer, encoding: Encoding): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (decode(bytes.subarray(0, middle), encoding, false) === undefined) bad = middle;
    else good = middle;
  }
  return (decode(bytes.subarray(0, good), encoding, false) ?? '').split('\n').length;
}
