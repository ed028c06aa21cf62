import { asTowpathError, TowpathError } from '../../../core/errors/towpath-error.ts';
import { say, type Message } from '../../../core/messages/message.ts';
import { formatBytes } from '../../../core/units.ts';
import { openDatabase, sqlName, sqlText, type Database } from '../../../duckdb/database.ts';
import type { SourceSettings } from '../../ingest/source-settings.ts';
import type { DocumentSink, FoundDocument } from '../document-sink.ts';
import type { FormatReader, TableHead } from '../format.ts';
import { RejectError } from '../reject-error.ts';
import { noRows } from '../table-head.ts';

/** Reads the rows of a Parquet file. Its columns stand at its end: `init` would have to read all of it. */
export const reader: FormatReader<TableHead> = {
  async read(file, { settings, maxBytes, scratch }, sink) {
    const copy = await file.copy();
    const database = await openDatabase({ scratch, cores: 1 });
    try {
      await readCopy(database, copy, settings, maxBytes, sink);
    } catch (error) {
      // DuckDB's own errors have no code, and many are the machine's: none is told as a fault of the file.
      throw error instanceof Error && error.constructor === Error && !('code' in error)
        ? asTowpathError(error)
        : error;
    } finally {
      database.close();
    }
  },
};

async function readCopy(
  database: Database,
  path: string,
  settings: SourceSettings,
  maxBytes: number,
  sink: DocumentSink,
): Promise<void> {
  const table = `read_parquet(${sqlText(path)})`;
  const columns = new Map<string, string>();
  for (const row of await asReject(database.rows(`DESCRIBE SELECT * FROM ${table}`)))
    columns.set(String(row['column_name']), String(row['column_type']));
  const { text, title, id } = settings;
  for (const name of [text, title, id]) {
    if (name !== undefined && !columns.has(name))
      throw new RejectError({
        code: 'TOW_DATA_COLUMN_MISSING',
        reason: say('reject.no-column', {
          column: JSON.stringify(name),
          columns: [...columns.keys()].slice(0, 20),
        }),
      });
  }
  if (columns.get(text) !== 'VARCHAR')
    throw new RejectError({
      code: 'TOW_DATA_PARQUET_INVALID',
      reason: say('reject.column-type', { column: JSON.stringify(text), type: String(columns.get(text)) }),
    });
  if (id !== undefined && isNoIdentity(String(columns.get(id))))
    throw new RejectError({
      code: 'TOW_DATA_ROW_ID',
      reason: say('reject.id-type', { column: JSON.stringify(id), type: String(columns.get(id)) }),
    });
  const exact = exactIn(id === undefined ? '' : String(columns.get(id)));
  const optional = (name: string | undefined) => (name === undefined ? `''` : `${sqlName(name)}::VARCHAR`);
  const query = `SELECT ${sqlName(text)}, ${optional(title)}, ${optional(id)} FROM ${table}`;
  let number = 0;
  // A first pass finds damage before anything is taken: half a file must not slip in.
  const used = [text, title, id].filter((name) => name !== undefined);
  const lengths = used.map((name) => `max(length(${sqlName(name)}::VARCHAR))`);
  await asReject(database.rows(`SELECT ${lengths.join(', ')} FROM ${table}`));
  for await (const batch of database.batches(query)) {
    for (const [body, name, identity] of batch as (string | null)[][]) {
      number += 1;
      const row = id === undefined ? String(number) : (identity ?? '');
      const found = { row, title: name ?? '', text: body ?? '' };
      if (exact(row)) take(found, number, settings, maxBytes, sink);
      else {
        const reason = say('reject.id-inexact', { field: String(id), type: String(columns.get(String(id))) });
        sink.reject({ code: 'TOW_DATA_ROW_ID', reason }, String(number));
      }
    }
  }
  if (number === 0) throw new RejectError(noRows);
}

/** Nested values and truth values tell no row from another. */
function isNoIdentity(type: string): boolean {
  return type === 'BOOLEAN' || /^(?:STRUCT|MAP|UNION)\b|\]$/.test(type);
}

/** Whether a number, as it is shown, is the one written: floating ones beyond their digits stand for several. */
function exactIn(type: string): (shown: string) => boolean {
  const bits = { DOUBLE: 53, FLOAT: 24 }[type];
  return (shown) => bits === undefined || shown === '' || Math.abs(Number(shown)) < 2 ** bits;
}

function take(
  found: FoundDocument & { readonly row: string },
  number: number,
  settings: SourceSettings,
  maxBytes: number,
  sink: DocumentSink,
): void {
  const { row } = found;
  if (row === '')
    sink.reject(
      { code: 'TOW_DATA_ROW_ID', reason: say('reject.field-empty', { field: String(settings.id) }) },
      String(number),
    );
  else if (found.text.trim() === '')
    sink.reject(
      { code: 'TOW_DATA_ROW_TEXT', reason: say('reject.field-empty', { field: settings.text }) },
      row,
    );
  else if (found.text.length > maxBytes)
    sink.reject(
      { code: 'TOW_DATA_TOO_LARGE', reason: say('reject.long-text', { most: formatBytes(maxBytes) }) },
      row,
    );
  else sink.document(found);
}

async function asReject<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // What the machine lacks is not the file's fault.
    if (error instanceof TowpathError) throw error;
    throw new RejectError({ code: 'TOW_DATA_PARQUET_INVALID', reason: reasonOf((error as Error).message) });
  }
}

/** What DuckDB has against a file, in our words where it is known. */
function reasonOf(message: string): Message {
  if (/\bencrypt/i.test(message)) return say('reject.parquet-encrypted');
  if (/too small to be a Parquet|footer length|no magic bytes/i.test(message))
    return say('reject.parquet-cut');
  const codec = /unsupported compression codec "(\w+)"/i.exec(message)?.[1];
  if (codec !== undefined) return say('reject.parquet-codec', { codec });
  // DuckDB names the copy; the place of the copy differs from run to run.
  const [why = ''] = message.split('\n');
  return say('reject.no-parquet', { why: why.replaceAll(/['"]?\/[^\s'"]*['"]?/g, '…') });
}
