import { say } from '../../../core/messages/message.ts';
import type { DocumentSink } from '../document-sink.ts';
import type { SourceFile } from '../source-file.ts';
import type { SourceSettings } from '../source-settings.ts';
import { CsvRows, type CsvRow } from './csv-rows.ts';
import { RejectError, textLines } from './text-lines.ts';

const separators = [',', '\t', ';', '|'];

/** Reads a CSV file with a header row, row by row. */
export async function readCsv(
  file: SourceFile,
  settings: SourceSettings,
  maxBytes: number,
  sink: DocumentSink,
): Promise<void> {
  let rows: CsvRows | undefined;
  let header: Header | undefined;
  let number = 0;
  const take = (events: Iterable<CsvRow | { code: string; line: number }>) => {
    for (const event of events as ReturnType<CsvRows['push']>) {
      if (header === undefined) {
        if ('code' in event) throw new RejectError(event);
        header = readHeader(event, settings);
        continue;
      }
      number += 1;
      if ('code' in event) sink.reject(event, String(number));
      else header.take(event, number, sink);
    }
  };
  for await (const lines of textLines(file, settings.encoding, maxBytes)) {
    for (const line of lines) {
      rows ??= new CsvRows(typeof line === 'string' ? separatorOf(line) : ',', maxBytes, 1);
      take(rows.push(line));
    }
  }
  if (rows !== undefined) take(rows.end());
  if (number === 0) throw new RejectError({ code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-rows') });
}

/** The separator that the header line holds most of. */
export function separatorOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best));
}

interface Header {
  take(row: CsvRow, number: number, sink: DocumentSink): void;
}

function readHeader(row: CsvRow, settings: SourceSettings): Header {
  const names = row.fields.map((name) => name.trim());
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
    take({ fields, first, last }, number, sink) {
      if (fields.length !== names.length) {
        const reason = say('reject.columns', { columns: fields.length, header: names.length });
        sink.reject({ code: 'TOW_DATA_CSV_COLUMNS', reason, line: first }, String(number));
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
