import { say, type Message, type Text } from '../../../core/messages/message.ts';
import type { RejectReason } from '../reject.ts';
import { binaryKind, controlShare } from './binary.ts';
import { readsAsChinese } from './plausible.ts';
import { couldBeShortChinese } from './short-chinese.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

export interface Detected {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark to skip. */
  readonly skip: number;
}

/**
 * The encoding of a file from its first bytes. Never a guess: bytes that could be two encodings, or that read as
 * none, are refused with the reason.
 *
 * @param whole whether `bytes` is the whole file; otherwise a character cut at the end is forgiven
 * @param declared what the project file says, or `auto`
 */
export function detectEncoding(
  bytes: Uint8Array,
  whole: boolean,
  declared: Encoding | 'auto',
): Detected | RejectReason {
  const kind = binaryKind(bytes);
  if (kind !== undefined) return binary(say('reject.binary', { kind }));
  const mark = byteOrderMark(bytes);
  if (mark !== undefined && !('encoding' in mark)) return mark;
  if (declared !== 'auto') {
    if (mark !== undefined && mark.encoding !== declared)
      return {
        code: 'TOW_DATA_ENCODING_CONTRADICTED',
        reason: say('reject.mark', { mark: mark.encoding, declared }),
      };
    if (!declared.startsWith('utf-16') && bytes.includes(0)) return binary(say('reject.zero-bytes'));
    return mark ?? { encoding: declared, skip: 0 };
  }
  if (mark !== undefined) return mark;
  if (bytes.includes(0)) return unmarkedUtf16(bytes, whole);
  const utf8 = decode(bytes, 'utf-8', whole);
  return utf8 === undefined ? withoutUtf8(bytes, whole) : fromUtf8(bytes, utf8, whole);
}

/** Decodes, or undefined when some bytes are not of the encoding. */
export function decode(bytes: Uint8Array, encoding: Encoding, whole = true): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole });
  } catch {
    return undefined;
  }
}

function byteOrderMark(bytes: Uint8Array): Detected | RejectReason | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return { code: 'TOW_DATA_ENCODING_UNKNOWN', reason: say('reject.utf32') };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: 'gb18030', skip: 4 };
  return undefined;
}

function unmarkedUtf16(bytes: Uint8Array, whole: boolean): Detected | RejectReason {
  const found = (['utf-16le', 'utf-16be'] as const).filter((encoding) =>
    readsAsUtf16(bytes, encoding, whole),
  );
  if (found.length === 1 && found[0] !== undefined) return { encoding: found[0], skip: 0 };
  return binary(say('reject.zero-no-utf16'));
}

function readsAsUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be', whole: boolean): boolean {
  const text = decode(bytes, encoding, whole);
  if (text === undefined || text.includes('\0') || controlShare(text) > 0) return false;
  const ascii = text.match(/[\t\n\r\x20-\x7e]/g)?.length ?? 0;
  return ascii >= text.length * 0.7 || readsAsChinese(text);
}

function fromUtf8(bytes: Uint8Array, text: string, whole: boolean): Detected | RejectReason {
  if (controlShare(text) > 0.005) return binary(say('reject.control'));
  if (couldBeShortChinese(text, () => decode(bytes, 'gb18030', whole)))
    return {
      code: 'TOW_DATA_ENCODING_UNKNOWN',
      reason: say('reject.short-ambiguous'),
    };
  return { encoding: 'utf-8', skip: 0 };
}

function withoutUtf8(bytes: Uint8Array, whole: boolean): Detected | RejectReason {
  const found = (['gb18030', 'utf-16le', 'utf-16be'] as const).filter((encoding) => {
    const text = decode(bytes, encoding, whole);
    return text !== undefined && controlShare(text) <= 0.005 && readsAsChinese(text);
  });
  if (found.length === 1 && found[0] !== undefined) return { encoding: found[0], skip: 0 };
  if (found.length > 1) {
    const names: readonly Text[] = found;
    const encodings = names.reduce((one, other) => say('reject.and-as', { one, other }));
    return { code: 'TOW_DATA_ENCODING_UNKNOWN', reason: say('reject.ambiguous', { encodings }) };
  }
  const lenient = new TextDecoder('utf-8').decode(bytes);
  if (controlShare(lenient) > 0.005) return binary(say('reject.control'));
  const damaged = lenient.match(/�/g)?.length ?? 0;
  // Mostly valid: say where it breaks, not that nothing is known. The caller decodes as UTF-8 and finds the line.
  if (lenient.length > damaged * 20) return { encoding: 'utf-8', skip: 0 };
  return {
    code: 'TOW_DATA_ENCODING_UNKNOWN',
    reason: say('reject.no-encoding'),
  };
}

function binary(reason: Message): RejectReason {
  return { code: 'TOW_DATA_FILE_BINARY', reason };
}
