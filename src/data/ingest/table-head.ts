import type { OutsideFile } from '../../core/outside-file.ts';
import { say } from '../../core/messages/message.ts';
import type { Encoding } from './encoding/detect.ts';
import { csvEvents } from '../formats/csv-opening.ts';
import { columnNames, otherColumns } from '../formats/csv.ts';
import { assertLines, parseObject } from '../formats/jsonl.ts';
import { RejectError, textLines, type Line } from '../formats/text-lines.ts';
import type { RejectReason } from './reject.ts';

/** Rows that are looked at: each JSON line may have fields of its own. */
const rowsRead = 100;
/** Of a file whose lines are long, no more than so many blocks. */
const blocksRead = 4;

const noRows: RejectReason = { code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-rows') };

/** How a table begins, as the reader of the whole table reads it. */
export interface TableHead {
  readonly columns: readonly string[];
  /** Its first rows, field by field; those that the reader refuses are left out. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Why there is none of these. */
  readonly refused?: RejectReason;
}

/** The beginning of a table, or why no row of it can be read. Closes the file. */
export async function tableHead(
  file: OutsideFile,
  format: 'csv' | 'jsonl',
  declared: Encoding | 'auto',
): Promise<TableHead | RejectReason> {
  try {
    const lines = firstLines(file, declared);
    return format === 'csv' ? await csvHead(lines) : await jsonHead(lines);
  } catch (error) {
    if (error instanceof RejectError) return error.reject;
    throw error;
  } finally {
    await file.close();
  }
}

async function* firstLines(file: OutsideFile, declared: Encoding | 'auto'): AsyncGenerator<Line[]> {
  let blocks = 0;
  for await (const lines of textLines(file, declared, Infinity)) {
    yield lines;
    if (++blocks === blocksRead) return;
  }
}

async function csvHead(lines: AsyncIterable<Line[]>): Promise<TableHead> {
  const [header, ...events] = await firstOf(csvEvents(lines, Infinity), rowsRead + 1);
  if (header === undefined) throw new RejectError(noRows);
  if ('code' in header) throw new RejectError(header);
  const columns = columnNames(header);
  return headOf(
    columns,
    events.map((event) => {
      if ('code' in event) return event;
      const { fields } = event;
      return (
        otherColumns(event, columns) ?? {
          value: Object.fromEntries(columns.map((name, at) => [name, fields[at]])),
        }
      );
    }),
  );
}

async function jsonHead(groups: AsyncIterable<Line[]>): Promise<TableHead> {
  const lines = (await firstOf(groups, rowsRead)).filter(
    (line) => typeof line !== 'string' || line.trim() !== '',
  );
  const [first] = lines;
  if (first === undefined)
    throw new RejectError({ code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-lines') });
  assertLines(first);
  const rows = lines.map((line) => (typeof line === 'string' ? parseObject(line) : line));
  const names = rows.flatMap((row) => ('value' in row ? Object.keys(row.value) : []));
  return headOf([...new Set(names)], rows);
}

type Row = { readonly value: Readonly<Record<string, unknown>> } | RejectReason;

function headOf(columns: readonly string[], read: readonly Row[]): TableHead {
  const rows = read.flatMap((row) => ('value' in row ? [row.value] : []));
  const refused = read.find(isRefused) ?? noRows;
  if (columns.length === 0) throw new RejectError(refused);
  return { columns, rows, ...(rows.length === 0 && { refused }) };
}

function isRefused(row: Row): row is RejectReason {
  return !('value' in row);
}

async function firstOf<T>(groups: AsyncIterable<Iterable<T>>, most: number): Promise<T[]> {
  const first: T[] = [];
  for await (const group of groups) {
    for (const each of group) if (first.push(each) === most) return first;
  }
  return first;
}
