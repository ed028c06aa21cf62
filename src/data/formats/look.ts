import type { OutsideFile } from '../../core/outside-file.ts';
import type { RejectReason } from '../ingest/reject.ts';
import type { SourceSettings } from '../ingest/source-settings.ts';
import type { FormatTable } from './format-table.ts';
import type {
  DocumentFormat,
  DocumentHead,
  FileToLookAt,
  FormatReader,
  TableFormat,
  TableHead,
  WholeFormat,
} from './format.ts';
import { lookIsolated } from './isolated/look-isolated.ts';
import { carriedReject } from './reject-error.ts';

type Looked<Head> = Promise<Head | RejectReason | undefined>;

/**
 * How a file begins, as a run would read it, or why a run would refuse it; undefined where its beginning does not tell.
 * Closes the file.
 */
export function lookAt(table: FormatTable, format: TableFormat, ...of: Of): Looked<TableHead>;
export function lookAt(table: FormatTable, format: WholeFormat, ...of: Of): Looked<DocumentHead>;
export async function lookAt(
  table: FormatTable,
  format: DocumentFormat,
  ...[file, encoding]: Of
): Looked<TableHead | DocumentHead> {
  try {
    const first = await file.next();
    const mistaken = table.mistaken(format, first ?? Buffer.alloc(0));
    if (mistaken !== undefined) return mistaken;
    const whole = beginningWith(first, file);
    if (format.isolated !== undefined)
      return format.kind === 'table' ? undefined : await lookIsolated(format.isolated, whole, encoding);
    const reader: FormatReader<TableHead | DocumentHead> = await format.load();
    return await reader.look?.(whole, encoding);
  } catch (error) {
    const reject = carriedReject(error);
    if (reject === undefined) throw error;
    return reject;
  } finally {
    await file.close();
  }
}

type Of = readonly [file: OutsideFile, encoding: SourceSettings['encoding']];

function beginningWith(first: Buffer | undefined, file: OutsideFile): FileToLookAt {
  let block = first;
  return {
    ...{ path: file.path, bytes: file.bytes },
    next: async () => {
      const given = block;
      block = undefined;
      return given ?? (await file.next());
    },
  };
}
