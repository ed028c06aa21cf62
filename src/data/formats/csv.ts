import { say } from '../../core/messages/message.ts';
import type { DocumentSink } from '../ingest/document-sink.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { SourceFile } from '../ingest/source-file.ts';
import type { SourceSettings } from '../ingest/source-settings.ts';
import { csvEvents } from './csv-opening.ts';
import type { CsvRow } from './csv-rows.ts';
import { RejectError, textLines } from './text-lines.ts';

/** Reads a CSV file with a header row, row by row. */
export async function readCsv(
  file: SourceFile,
  settings: SourceSettings,
  maxBytes: number,
  sink: DocumentSink,
): Promise<void> {
  let header: Header | undefined;
  let number = 0;
  for await (const events of csvEvents(textLines(file, settings.encoding, maxBytes), maxBytes)) {
    for (const event of events) {
      if (header === undefined) {
        if ('code' in event) throw new RejectError(event);
        header = readHeader(event, settings);
        continue;
      }
      number += 1;
      if ('code' in event) sink.reject(event, String(number));
      else header.take(event, number, sink);
    }
  }
  if (number === 0) throw new RejectError({ code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-rows') });
}

interface Header {
  take(row: CsvRow, number: number, sink: DocumentSink): void;
}

/** The columns that a header row names. */
export function columnNames({ fields }: CsvRow): string[] {
  return fields.map((name) => name.trim());
}

/** Why a row is refused that has not as many columns as the header. */
export function otherColumns({ fields, first }: CsvRow, names: readonly string[]): RejectReason | undefined {
  if (fields.length === names.length) return undefined;
  const reason = say('reject.columns', { columns: fields.length, header: names.length });
  return { code: 'TOW_DATA_CSV_COLUMNS', reason, line: first };
}

function readHeader(row: CsvRow, settings: SourceSettings): Header {
  const names = columnNames(row);
  const place = (name: string): number => {
    const at = names.indexOf(name);
    if (at >= 0 && names.indexOf(name, at + 1) >= 0)
      throw new RejectError({
        code: 'TOW_DATA_CSV_COLUMNS',
        reason: say('reject.same-columns', { column: JSON.stringify(name) }),
        line: row.first,
      });
    if (at >= 0) return at;
    throw new RejectError({
      code: 'TOW_DATA_COLUMN_MISSING',
      reason: say('reject.no-column', { column: JSON.stringify(name), columns: names.slice(0, 20) }),
      line: row.first,
    });
  };
  const text = place(settings.text);
  const id = settings.id === undefined ? undefined : place(settings.id);
  const title = settings.title === undefined ? undefined : place(settings.title);
  return {
    take(row, number, sink) {
      const { fields, first, last } = row;
      const refused = otherColumns(row, names);
      if (refused !== undefined) {
        sink.reject(refused, String(number));
        return;
      }
      const identity = id === undefined ? String(number) : (fields[id] ?? '').trim();
      const lines = first === last ? String(first) : `${String(first)}-${String(last)}`;
      const body = fields[text] ?? '';
      if (identity === '')
        sink.reject(
          {
            code: 'TOW_DATA_ROW_ID',
            reason: say('reject.field-empty', { field: String(settings.id) }),
            line: first,
          },
          String(number),
        );
      else if (body.trim() === '')
        sink.reject(
          {
            code: 'TOW_DATA_ROW_TEXT',
            reason: say('reject.field-empty', { field: settings.text }),
            line: first,
          },
          identity,
        );
      else
        sink.document({
          row: identity,
          title: title === undefined ? '' : (fields[title] ?? ''),
          text: body,
          lines,
        });
    },
  };
}
