import { say } from '../../../core/messages/message.ts';
import type { Encoding } from '../../ingest/encoding/detect.ts';
import type { RejectReason } from '../../ingest/reject.ts';

/**
 * The encoding that a page's `<meta charset>` names, where automatic detection cannot tell; a page in an encoding
 * that is not supported is refused by its name.
 */
export function declaredCharset(bytes: Uint8Array): Encoding | RejectReason | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048)).toString('latin1');
  const name = /<meta[^>]+charset\s*=\s*(?:["']\s*)?([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  if (name === 'utf-8' || name === 'utf8') return 'utf-8';
  if (name === 'gb2312' || name === 'gbk' || name === 'gb18030') return 'gb18030';
  return {
    code: 'TOW_DATA_ENCODING_UNKNOWN',
    reason: say('reject.charset', { charset: name }),
  };
}
