import { constants } from 'node:buffer';
import { say } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import type { Trust } from '../../project/trust/trust.ts';
import type { StepContext } from '../../flow/step.ts';
import type { DocumentSink } from './document-sink.ts';
import { readCsv } from '../formats/csv.ts';
import { readJsonLines } from '../formats/jsonl.ts';
import { readParquet } from '../formats/parquet.ts';
import { RejectError } from '../formats/text-lines.ts';
import { readWholeFile } from '../formats/whole-file.ts';
import type { IngestParams, ListedFile } from './params.ts';
import { readerFault, type RejectReason } from './reject.ts';
import { SourceFile } from './source-file.ts';
import { formatOf, isTable } from './source-settings.ts';

const unquoted = say('reject.unquoted');

/**
 * Reads one listed file into the sink and makes sure that it still is what was listed.
 *
 * @returns why the whole file is refused, or undefined when it was read
 * @throws TowpathError TOW_DATA_SOURCE_CHANGED
 */
export async function readFile(
  context: Pick<StepContext<IngestParams>, 'params' | 'scratch'>,
  trust: Trust,
  file: ListedFile,
  onBytes: (count: number) => void,
  sink: DocumentSink,
): Promise<RejectReason | undefined> {
  const { params, scratch } = context;
  const format = formatOf(file.path);
  const settings = params.sources[file.source];
  if (file.problem !== undefined) return file.problem as RejectReason;
  if (format === undefined || settings === undefined)
    return { code: 'TOW_DATA_FORMAT_UNKNOWN', reason: say('reject.format') };
  if (!isTable(format) && file.bytes > constants.MAX_STRING_LENGTH)
    return {
      code: 'TOW_DATA_TOO_LARGE',
      reason: say('reject.too-large', {
        size: formatBytes(file.bytes),
        most: formatBytes(constants.MAX_STRING_LENGTH),
      }),
    };
  const source = await SourceFile.open(trust, file, onBytes);
  const quiet = (reject: RejectReason): RejectReason =>
    source.quotable ? reject : { ...reject, reason: unquoted };
  // What the sink throws (a full disk) is no fault of the file.
  let failed: unknown;
  const told = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failed = error;
      throw error;
    }
  };
  try {
    const refused = await read({
      document: (found) => told(() => sink.document(found)),
      reject: (reject, row) => told(() => sink.reject(quiet(reject), source.quotable ? row : undefined)),
    });
    await source.verify();
    return refused && quiet(refused);
  } finally {
    await source.close();
  }

  async function read(sink: DocumentSink): Promise<RejectReason | undefined> {
    if (format === undefined || settings === undefined) return undefined;
    try {
      if (format === 'csv') await readCsv(source, settings, params.maxFileSize, sink);
      else if (format === 'jsonl') await readJsonLines(source, settings, params.maxFileSize, sink);
      else if (format === 'parquet') await readParquet(source, settings, params.maxFileSize, sink, scratch);
      else await readWholeFile(source, format, settings, sink);
      return undefined;
    } catch (error) {
      if (error instanceof RejectError) return error.reject;
      // DuckDB's own errors have no code, and many are the machine's.
      const database = format === 'parquet' && error instanceof Error && error.constructor === Error;
      const fault = error === failed || database ? undefined : readerFault(error);
      if (fault === undefined) throw error;
      return fault;
    }
  }
}
