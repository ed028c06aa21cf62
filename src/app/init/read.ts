import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFile } from '../../core/outside-file.ts';
import { fileText, readAs } from '../../data/formats/whole-file.ts';
import { isReject, type RejectReason } from '../../data/ingest/reject.ts';
import { formatOf } from '../../data/ingest/source-settings.ts';
import { tableHead } from '../../data/ingest/table-head.ts';
import { guessColumns, isSuite, type Columns } from './columns.ts';
import { judge, type Verdict } from './language.ts';

/** A table as its beginning shows it: an evaluation suite, one whose rows can be documents, or why they cannot. */
export type SeenTable =
  | { readonly suite: true }
  | { readonly columns: Columns; readonly verdicts: readonly Verdict[] }
  | { readonly why: Message };

export async function seeTable(dir: string, path: string): Promise<SeenTable> {
  const format = formatOf(path) === 'csv' ? 'csv' : 'jsonl';
  const head = await opened(dir, path, (file) => tableHead(file, format, 'auto'));
  if (isReject(head)) return { why: head.reason };
  if (format === 'jsonl' && isSuite(head)) return { suite: true };
  if (head.refused !== undefined) return { why: head.refused.reason };
  const guess = guessColumns(head);
  if (guess === undefined) return { why: say('skipped.no-words') };
  return { columns: guess.columns, verdicts: guess.texts.map(judge) };
}

/** Of a document so much is looked at once it is decoded: making text of a page takes time. */
const headCharacters = 64 * 1024;

/** A document as its beginning shows it, or why it cannot be read; undefined where the beginning does not tell. */
export async function seeDocument(
  dir: string,
  path: string,
): Promise<Verdict | { readonly why: Message } | undefined> {
  const format = formatOf(path) ?? 'text';
  const text = await opened(dir, path, async (file) => {
    try {
      const bytes = (await file.next()) ?? Buffer.alloc(0);
      return fileText(format, bytes, 'auto', bytes.length === file.bytes);
    } finally {
      await file.close();
    }
  });
  if (typeof text !== 'string') return { why: text.reason };
  const { text: body } = readAs(format, text.slice(0, headCharacters));
  if (body.trim() !== '') return judge(body);
  return text.length > headCharacters ? undefined : { why: say('reject.no-text') };
}

async function opened<T>(
  dir: string,
  path: string,
  read: (file: OutsideFile) => Promise<T>,
): Promise<T | RejectReason> {
  try {
    return await read(await OutsideFile.open(path, { within: [dir], maxBytes: Infinity }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { code: 'TOW_DATA_FILE_UNREADABLE', reason: say('reject.unreadable', { why }) };
  }
}
