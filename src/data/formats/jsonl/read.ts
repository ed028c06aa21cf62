import { say, type Message } from '../../../core/messages/message.ts';
import type { RejectReason } from '../../ingest/reject.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import type { DocumentSink } from '../document-sink.ts';
import type { FileToLookAt, FormatReader, TableHead } from '../format.ts';
import { RejectError } from '../reject-error.ts';
import { firstLines, firstOf, rowsRead, tableHead } from '../table-head.ts';
import { textLines, type Line } from '../text-lines.ts';
import { writtenNumber } from './written-number.ts';

const noLines: RejectReason = { code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-lines') };

/** Reads a file of one JSON object a line. Blank lines are passed over; a row's number is its line. */
export const reader: FormatReader<TableHead> = {
  async read(file, { settings, maxBytes }, sink) {
    let number = 0;
    let rows = 0;
    for await (const lines of textLines(file, settings.encoding, maxBytes)) {
      for (const line of lines) {
        number += 1;
        if (isBlank(line)) continue;
        rows += 1;
        if (rows === 1) assertLines(line);
        readRow(line, number, settings, sink);
      }
    }
    if (rows === 0) throw new RejectError(noLines);
  },
  look,
};

async function look(file: FileToLookAt, encoding: SourceSettings['encoding']): Promise<TableHead> {
  const read = await firstOf(firstLines(textLines(file, encoding, Infinity)), rowsRead);
  const lines = read.filter((line) => !isBlank(line));
  const [first] = lines;
  if (first === undefined) throw new RejectError(noLines);
  assertLines(first);
  const rows = lines.map((line) => (typeof line === 'string' ? parseObject(line) : line));
  const names = rows.flatMap((row) => ('value' in row ? Object.keys(row.value) : []));
  return tableHead([...new Set(names)], rows);
}

function isBlank(line: Line): boolean {
  return typeof line === 'string' && line.trim() === '';
}

/** One value over several lines would cost every line but the last, each for a reason that is not its own. */
function assertLines(first: Line): void {
  const begin = typeof first === 'string' ? first.trim() : '';
  const isArray = /^\[\s*\{?$/.test(begin) || (begin.startsWith('[') && begin.endsWith(','));
  if (!isArray && begin !== '{') return;
  const reason = say(isArray ? 'reject.json-array' : 'reject.json-spread');
  throw new RejectError({ code: 'TOW_DATA_JSON_INVALID', reason });
}

function readRow(line: Line, number: number, settings: SourceSettings, sink: DocumentSink): void {
  const row = typeof line === 'string' ? parseObject(line) : line;
  if (!('value' in row)) {
    sink.reject({ ...row, line: number }, String(number));
    return;
  }
  const text = row.value[settings.text];
  const scalar = (name: string): string | undefined => {
    const value = Object.hasOwn(row.value, name) ? row.value[name] : undefined;
    if (typeof value === 'number' && typeof line === 'string') return writtenNumber(line, name);
    return typeof value === 'string' ? value : undefined;
  };
  const identity = settings.id === undefined ? String(number) : scalar(settings.id);
  const title = settings.title === undefined ? '' : (scalar(settings.title) ?? '');
  const field = JSON.stringify(settings.text);
  const refuse = (code: RejectReason['code'], reason: Message) =>
    sink.reject({ code, reason, line: number }, identity ?? String(number));
  if (identity === undefined || identity === '')
    refuse('TOW_DATA_ROW_ID', noIdentity(String(settings.id), row.value[String(settings.id)]));
  else if (text === undefined) {
    const fields = Object.keys(row.value).slice(0, 20);
    const none = say('reject.no-field', { field });
    refuse('TOW_DATA_ROW_TEXT', fields.length === 0 ? none : say('reject.no-field-but', { field, fields }));
  } else if (typeof text !== 'string')
    refuse('TOW_DATA_ROW_TEXT', say('reject.field-kind', { field, kind: kindOf(text) }));
  else if (text.trim() === '') refuse('TOW_DATA_ROW_TEXT', say('reject.field-empty', { field }));
  else sink.document({ row: identity, title, text, lines: String(number) });
}

function parseObject(line: string): { readonly value: Record<string, unknown> } | RejectReason {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: value as Record<string, unknown> };
    return { code: 'TOW_DATA_JSON_INVALID', reason: say('reject.no-object', { kind: kindOf(value) }) };
  } catch (error) {
    // The parser quotes the input in its message; what stands there may be personal, so only its place is kept.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    return {
      code: 'TOW_DATA_JSON_INVALID',
      reason: position === undefined ? say('reject.json') : say('reject.json-at', { position }),
    };
  }
}

function noIdentity(name: string, value: unknown): Message {
  const field = JSON.stringify(name);
  if (value === undefined) return say('reject.no-field', { field });
  return value === ''
    ? say('reject.field-empty', { field })
    : say('reject.id-kind', { field, kind: kindOf(value) });
}

function kindOf(value: unknown): Message {
  if (value === null) return say('reject.null');
  if (Array.isArray(value)) return say('reject.array');
  return say(`reject.${typeof value as 'object' | 'string' | 'number' | 'boolean'}`);
}
