import { parse } from 'parse5';
import { say } from '../../core/messages/message.ts';
import type { DocumentSink } from '../ingest/document-sink.ts';
import { decode } from '../ingest/encoding/detect.ts';
import { declaredCharset } from './html/declared-charset.ts';
import { find, rawText } from './html/nodes.ts';
import { toMarkdown } from './html/markdown.ts';
import { isReject, type RejectReason } from '../ingest/reject.ts';
import type { SourceFile } from '../ingest/source-file.ts';
import type { SourceFormat, SourceSettings } from '../ingest/source-settings.ts';
import { takeFrontMatter } from './front-matter.ts';
import { firstHeading, firstLineTitle, nameTitle } from './title.ts';
import { wholeText } from './whole-text.ts';

/** Reads a file that is one document: Markdown, HTML or plain text. */
export async function readWholeFile(
  file: SourceFile,
  format: SourceFormat,
  settings: SourceSettings,
  sink: DocumentSink,
): Promise<void> {
  const bytes = await file.whole();
  const text = fileText(format, bytes, settings.encoding);
  if (typeof text !== 'string') {
    sink.reject(text);
    return;
  }
  const document = readAs(format, text);
  if (document.text.trim() === '') {
    sink.reject({ code: 'TOW_DATA_NO_TEXT', reason: say('reject.no-text') });
    return;
  }
  sink.document({
    title: document.title?.trim() || nameTitle(file.path),
    text: document.text,
    lines: `1-${String(lineCount(text))}`,
  });
}

/** What stands in the text of a file without its markup. */
export function readAs(
  format: SourceFormat,
  text: string,
): { readonly title?: string | undefined; readonly text: string } {
  if (format === 'markdown') {
    const { title, body } = takeFrontMatter(text);
    return { title: title ?? firstHeading(body), text: body };
  }
  if (format === 'text') return { title: firstLineTitle(text), text };
  const page = parse(text);
  const title = find(page, 'title');
  const body = toMarkdown(page);
  return {
    title: (title && rawText(title).replaceAll(/\s+/g, ' ').trim()) || firstHeading(body),
    text: body,
  };
}

/**
 * The text of a file that is one document, with its markup, or why it cannot be read.
 *
 * @param whole whether the bytes are the whole file
 */
export function fileText(
  format: SourceFormat,
  bytes: Buffer,
  declared: SourceSettings['encoding'],
  whole = true,
): string | RejectReason {
  const text = wholeText(bytes, declared, whole);
  if (format !== 'html' || !isRejected(text)) return text;
  // A page's own declaration helps where detection cannot tell; valid UTF-8 is never overruled by it.
  if (declared !== 'auto' || text.code !== 'TOW_DATA_ENCODING_UNKNOWN') return text;
  const charset = declaredCharset(bytes);
  if (charset === undefined) return text;
  if (typeof charset !== 'string') return charset;
  return decode(bytes, charset, whole) ?? wholeText(bytes, charset, whole);
}

function isRejected(value: string | RejectReason): value is RejectReason {
  return typeof value !== 'string' && isReject(value);
}

function lineCount(text: string): number {
  let count = 1;
  const last = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let at = text.indexOf('\n'); at >= 0 && at < last; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
