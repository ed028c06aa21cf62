import { say } from '../../../core/messages/message.ts';
import { RejectError } from '../reject-error.ts';
import type { Line } from '../text-lines.ts';
import { CsvFields } from './fields.ts';
import { CsvRows, type CsvEvent } from './rows.ts';

const separators = [',', '\t', ';', '|'];

/** So much of a file is looked at before its first row is taken. */
const openingLines = 12;
const openingCharacters = 2 ** 20;

/**
 * The header of a CSV file and its rows, in groups to be read one after the other. Blank lines before the header are passed over, and so is the line `sep=;` of a
 * spreadsheet, which names the separator.
 *
 * @throws RejectError where a line stands before the header
 */
export async function* csvEvents(
  groups: AsyncIterable<readonly Line[]>,
  maxRow: number,
): AsyncGenerator<Iterable<CsvEvent>> {
  let opening: readonly Line[] = [];
  let rows: CsvRows | undefined;
  for await (const group of groups) {
    if (rows !== undefined) {
      yield taken(rows, group);
      continue;
    }
    opening = opening.concat(group);
    if (opening.length < openingLines && lengthOf(opening) < openingCharacters) continue;
    rows = yield* openRows(opening, maxRow);
  }
  rows ??= yield* openRows(opening, maxRow);
  yield rows.end();
}

function* taken(rows: CsvRows, lines: readonly Line[]): Generator<CsvEvent> {
  for (const line of lines) yield* rows.push(line);
}

function* openRows(lines: readonly Line[], maxRow: number): Generator<Iterable<CsvEvent>, CsvRows> {
  const filled = lines.findIndex((line) => !isBlank(line));
  const first = lines[filled];
  const named = typeof first === 'string' ? /^"?sep=(.)"?$/i.exec(first)?.[1] : undefined;
  const at = Math.max(0, named === undefined ? filled : filled + 1);
  if (named === undefined && typeof first === 'string') assertHeader(first, lines.slice(at + 1));
  const rows = new CsvRows(named ?? separatorOf(first), maxRow, at + 1);
  yield taken(rows, lines.slice(at));
  return rows;
}

/** The separator that the header line holds most of. */
function separatorOf(header: Line | undefined): string {
  const count = (separator: string) => (typeof header === 'string' ? header.split(separator).length : 1);
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/**
 * A line without a separator over lines that all have as many is no header. Sentences in a table of one column may hold
 * a comma each: only short and different fields are taken for the header that stands below.
 */
function assertHeader(first: string, after: readonly Line[]): void {
  if (first.includes('"') || separators.some((separator) => first.includes(separator))) return;
  const lines = after.filter((line) => !isBlank(line)).slice(0, openingLines - 2);
  for (const separator of separators) {
    const rows = lines.map((line) => fieldsOf(line, separator));
    const [header = []] = rows;
    const alike = header.length > 1 && rows.every(({ length }) => length === header.length);
    if (!alike || rows.length < (separator === ',' ? 2 : 3) || !areNames(header)) continue;
    const reason = say('reject.preamble', { columns: header.length });
    throw new RejectError({ code: 'TOW_DATA_CSV_COLUMNS', reason, line: 1 });
  }
}

function fieldsOf(line: Line, separator: string): readonly string[] {
  const fields = new CsvFields(separator);
  return typeof line === 'string' && fields.take(line) === 'row' ? fields.values : [];
}

function areNames(fields: readonly string[]): boolean {
  const names = fields.map((field) => field.trim());
  return new Set(names).size === names.length && names.every((name) => name !== '' && name.length <= 40);
}

function isBlank(line: Line): boolean {
  return typeof line === 'string' && line.trim() === '';
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (typeof line === 'string' ? line.length : 0), 0);
}
