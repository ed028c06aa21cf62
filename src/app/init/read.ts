import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFile } from '../../core/outside-file.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import type { TableFormat, WholeFormat } from '../../data/formats/format.ts';
import { lookAt } from '../../data/formats/look.ts';
import { isReject, type RejectReason } from '../../data/ingest/reject.ts';
import { guessColumns, isSuite, type Columns } from './columns.ts';
import { judge, type Verdict } from './language.ts';

/** A file as its beginning shows it, or why it cannot be read; undefined where the beginning does not tell. */
type Seen<T> = T | { readonly why: Message } | undefined;

/** An evaluation suite, or a table whose rows can be documents. */
export type SeenTable =
  { readonly suite: true } | { readonly columns: Columns; readonly verdicts: readonly Verdict[] };

export async function seeTable(
  dir: string,
  path: string,
  format: TableFormat,
  formats: FormatTable,
): Promise<Seen<SeenTable>> {
  const head = await opened(dir, path, (file) => lookAt(formats, format, file, 'auto'));
  if (head === undefined) return undefined;
  if (isReject(head)) return { why: head.reason };
  if (isSuite(head)) return { suite: true };
  if (head.refused !== undefined) return { why: head.refused.reason };
  const guess = guessColumns(head);
  if (guess === undefined) return { why: say('skipped.no-words') };
  return { columns: guess.columns, verdicts: guess.texts.map(judge) };
}

export async function seeDocument(
  dir: string,
  path: string,
  format: WholeFormat,
  formats: FormatTable,
): Promise<Seen<Verdict>> {
  const head = await opened(dir, path, (file) => lookAt(formats, format, file, 'auto'));
  if (head === undefined) return undefined;
  if (isReject(head)) return { why: head.reason };
  if (head.text.trim() !== '') return judge(head.text);
  return head.more ? undefined : { why: say('reject.no-text') };
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
