import { constants } from 'node:buffer';
import { say } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { SourceSettings } from '../ingest/source-settings.ts';
import type { DocumentHead, FormatReader } from './format.ts';
import { RejectError } from './reject-error.ts';
import { nameTitle } from './title.ts';
import { wholeText } from './whole-text.ts';

/** What tells the formats of text files that are one document each from one another. */
interface WholeDocument {
  /** What stands in the text of a file without its markup. */
  readonly document: (text: string) => { readonly title?: string | undefined; readonly text: string };
  /**
   * The text of a file with its markup, or why it cannot be read. @default what `encoding` says
   *
   * @param whole whether the bytes are the whole file
   */
  readonly decode?: (
    bytes: Buffer,
    declared: SourceSettings['encoding'],
    whole: boolean,
  ) => string | RejectReason;
  /** The text has other lines than the file. @default false */
  readonly otherLines?: boolean;
}

/** Of a file so much is looked at once it is decoded: making text of a page takes time. */
const headCharacters = 64 * 1024;

/** The reader of a format whose files are one document each. */
export function wholeDocument({
  document,
  decode = wholeText,
  otherLines = false,
}: WholeDocument): FormatReader<DocumentHead> {
  return {
    async read(file, { settings }, sink) {
      assertText(file.bytes);
      const text = told(decode(await file.whole(), settings.encoding, true));
      const found = document(text);
      if (found.text.trim() === '')
        throw new RejectError({ code: 'TOW_DATA_NO_TEXT', reason: say('reject.no-text') });
      sink.document({
        title: found.title?.trim() || nameTitle(file.path),
        text: found.text,
        ...(!otherLines && { lines: `1-${String(lineCount(text))}` }),
      });
    },
    async look(file, encoding) {
      const bytes = (await file.next()) ?? Buffer.alloc(0);
      const text = told(decode(bytes, encoding, bytes.length === file.bytes));
      const head = document(text.slice(0, headCharacters)).text;
      return { text: head, more: text.length > headCharacters };
    },
  };
}

/** What does not fit into one text of JavaScript is refused before it is in memory. */
function assertText(bytes: number): void {
  const most = constants.MAX_STRING_LENGTH;
  if (bytes <= most) return;
  const reason = say('reject.too-large', { size: formatBytes(bytes), most: formatBytes(most) });
  throw new RejectError({ code: 'TOW_DATA_TOO_LARGE', reason });
}

function told(text: string | RejectReason): string {
  if (typeof text === 'string') return text;
  throw new RejectError(text);
}

function lineCount(text: string): number {
  let count = 1;
  const last = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let at = text.indexOf('\n'); at >= 0 && at < last; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
