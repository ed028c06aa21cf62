import { say } from '../../core/messages/message.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { TableHead } from './format.ts';
import { RejectError } from './reject-error.ts';
import type { Line } from './text-lines.ts';

/** Rows that are looked at: each may have columns of its own. */
export const rowsRead = 100;
/** Of a file whose lines are long, no more than so many blocks. */
const blocksRead = 4;

export const noRows: RejectReason = { code: 'TOW_DATA_FILE_EMPTY', reason: say('reject.no-rows') };

/** The lines that a look at a table takes. */
export async function* firstLines(groups: AsyncIterable<Line[]>): AsyncGenerator<Line[]> {
  let blocks = 0;
  for await (const lines of groups) {
    yield lines;
    if (++blocks === blocksRead) return;
  }
}

type Row = { readonly value: Readonly<Record<string, unknown>> } | RejectReason;

/** How a table begins whose first rows are these. @throws RejectError where it has no column */
export function tableHead(columns: readonly string[], read: readonly Row[]): TableHead {
  const rows = read.flatMap((row) => ('value' in row ? [row.value] : []));
  const refused = read.find(isRefused) ?? noRows;
  if (columns.length === 0) throw new RejectError(refused);
  return { columns, rows, ...(rows.length === 0 && { refused }) };
}

function isRefused(row: Row): row is RejectReason {
  return !('value' in row);
}

/** The first of what comes in groups; no group after it is asked for. */
export async function firstOf<T>(groups: AsyncIterable<Iterable<T>>, most: number): Promise<T[]> {
  const first: T[] = [];
  for await (const group of groups) {
    for (const each of group) if (first.push(each) === most) return first;
  }
  return first;
}
