import { parse } from 'parse5';
import { decode } from '../../ingest/encoding/detect.ts';
import { isReject, type RejectReason } from '../../ingest/reject.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import { firstHeading } from '../title.ts';
import { wholeDocument } from '../whole-document.ts';
import { wholeText } from '../whole-text.ts';
import { declaredCharset } from './declared-charset.ts';
import { toMarkdown } from './markdown.ts';
import { find, rawText } from './nodes.ts';

export const reader = wholeDocument({ decode: pageText, document: documentOf, otherLines: true });

function documentOf(text: string): { readonly title: string | undefined; readonly text: string } {
  const page = parse(text);
  const title = find(page, 'title');
  const body = toMarkdown(page);
  return {
    title: (title && rawText(title).replaceAll(/\s+/g, ' ').trim()) || firstHeading(body),
    text: body,
  };
}

/** A page's own declaration helps where detection cannot tell; valid UTF-8 is never overruled by it. */
function pageText(
  bytes: Buffer,
  declared: SourceSettings['encoding'],
  whole: boolean,
): string | RejectReason {
  const text = wholeText(bytes, declared, whole);
  if (declared !== 'auto' || typeof text === 'string' || !isReject(text)) return text;
  if (text.code !== 'TOW_DATA_ENCODING_UNKNOWN') return text;
  const charset = declaredCharset(bytes);
  if (charset === undefined) return text;
  if (typeof charset !== 'string') return charset;
  return decode(bytes, charset, whole) ?? wholeText(bytes, charset, whole);
}
