import type { OutsideFile } from '../../core/outside-file.ts';
import { decode, detectEncoding, type Encoding } from './encoding/detect.ts';
import { CsvRows } from './formats/csv-rows.ts';
import { separatorOf } from './formats/csv.ts';
import { parseObject } from './formats/jsonl.ts';
import { isReject } from './reject.ts';

/** Rows of JSON lines that are looked at: each may have fields of its own. */
const rowsRead = 100;

/**
 * The columns of a table, from its first block: a CSV file's header, the fields of the first JSON lines. Undefined where
 * that does not show them: reading the file says why. Closes the file.
 */
export async function columnsOf(
  file: OutsideFile,
  format: 'csv' | 'jsonl',
  declared: Encoding | 'auto',
): Promise<string[] | undefined> {
  const head = await file.next().finally(() => file.close());
  if (head === undefined) return undefined;
  const whole = head.length === file.bytes;
  const detected = detectEncoding(head, whole, declared);
  if (isReject(detected)) return undefined;
  const text = decode(head.subarray(detected.skip), detected.encoding, whole);
  if (text === undefined) return undefined;
  // The last line may be cut.
  const lines = text.split(/\r?\n/).slice(0, whole ? undefined : -1);
  return format === 'csv' ? header(lines, head.length) : fields(lines);
}

function header(lines: readonly string[], maxRow: number): string[] | undefined {
  const rows = new CsvRows(separatorOf(lines[0] ?? ''), maxRow, 1);
  for (const line of lines)
    for (const event of rows.push(line))
      return 'fields' in event ? event.fields.map((name) => name.trim()) : undefined;
  return undefined;
}

function fields(lines: readonly string[]): string[] | undefined {
  const rows = lines
    .filter((line) => line.trim() !== '')
    .slice(0, rowsRead)
    .map(parseObject)
    .flatMap((row) => ('value' in row ? [Object.keys(row.value)] : []));
  return rows.length === 0 ? undefined : [...new Set(rows.flat())];
}
