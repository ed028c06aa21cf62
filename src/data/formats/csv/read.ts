import { say } from '../../../core/messages/message.ts';
import type { RejectReason } from '../../ingest/reject.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import type { DocumentSink } from '../document-sink.ts';
import type { FileToLookAt, FormatReader, TableHead } from '../format.ts';
import { RejectError } from '../reject-error.ts';
import { firstLines, firstOf, noRows, rowsRead, tableHead } from '../table-head.ts';
import { textLines } from '../text-lines.ts';
import { csvEvents } from './opening.ts';
import type { CsvRow } from './rows.ts';

/** Reads a CSV file with a header row, row by row. */
export const reader: FormatReader<TableHead> = {
  async read(file, { settings, maxBytes }, sink) {
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
    if (number === 0) throw new RejectError(noRows);
  },
  look,
};

async function look(file: FileToLookAt, encoding: SourceSettings['encoding']): Promise<TableHead> {
  const lines = firstLines(textLines(file, encoding, Infinity));
  const [header, ...events] = await firstOf(csvEvents(lines, Infinity), rowsRead + 1);
  if (header === undefined) throw new RejectError(noRows);
  if ('code' in header) throw new RejectError(header);
  const columns = columnNames(header);
  return tableHead(
    columns,
    events.map((event) => {
      if ('code' in event) return event;
      const { fields } = event;
      const value = Object.fromEntries(columns.map((name, at) => [name, fields[at]]));
      return otherColumns(event, columns) ?? { value };
    }),
  );
}

interface Header {
  take(row: CsvRow, number: number, sink: DocumentSink): void;
}

/** The columns that a header row names. */
function columnNames({ fields }: CsvRow): string[] {
  return fields.map((name) => name.trim());
}

/** Why a row is refused that has not as many columns as the header. */
function otherColumns({ fields, first }: CsvRow, names: readonly string[]): RejectReason | undefined {
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
