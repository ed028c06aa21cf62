import { say } from '../../core/messages/message.ts';
import type { StepContext } from '../../flow/step.ts';
import type { Trust } from '../../project/trust/trust.ts';
import type { DocumentSink } from '../formats/document-sink.ts';
import type { FormatTable } from '../formats/format-table.ts';
import type { DocumentFormat } from '../formats/format.ts';
import { readIsolated } from '../formats/isolated/read-isolated.ts';
import { carriedReject, RejectError } from '../formats/reject-error.ts';
import type { IngestParams, ListedFile } from './params.ts';
import { readerFault, type RejectReason } from './reject.ts';
import { SourceFile } from './source-file.ts';
import type { SourceSettings } from './source-settings.ts';

const unquoted = say('reject.unquoted');

export interface ReadFileContext extends Pick<StepContext<IngestParams>, 'params' | 'scratch' | 'signal'> {
  readonly formats: FormatTable;
  readonly trust: Trust;
}

/**
 * Reads one listed file into the sink and makes sure that it still is what was listed.
 *
 * @returns why the whole file is refused, or undefined when it was read
 * @throws TowpathError TOW_DATA_SOURCE_CHANGED
 */
export async function readFile(
  context: ReadFileContext,
  file: ListedFile,
  onBytes: (count: number) => void,
  sink: DocumentSink,
): Promise<RejectReason | undefined> {
  const { params, scratch, formats, trust } = context;
  const format = formats.of(file.path);
  const settings = params.sources[file.source];
  if (file.problem !== undefined) return file.problem as RejectReason;
  if (format === undefined || settings === undefined)
    return { code: 'TOW_DATA_FORMAT_UNKNOWN', reason: say('reject.format') };
  const source = await SourceFile.open(trust, file, { scratch, onBytes });
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
    const refused = await read(context, source, format, settings, {
      document: (found) => told(() => sink.document(found)),
      reject: (reject, row) => told(() => sink.reject(quiet(reject), source.quotable ? row : undefined)),
    }).catch((error: unknown) => {
      const fault = error === failed ? undefined : (carriedReject(error) ?? readerFault(error));
      if (fault === undefined) throw error;
      return fault;
    });
    await source.verify();
    return refused && quiet(refused);
  } finally {
    await source.close();
  }
}

async function read(
  { params, scratch, formats, signal }: ReadFileContext,
  source: SourceFile,
  format: DocumentFormat,
  settings: SourceSettings,
  sink: DocumentSink,
): Promise<undefined> {
  const mistaken = formats.mistaken(format, await source.beginning());
  if (mistaken !== undefined) throw new RejectError(mistaken);
  const context = { settings, maxBytes: params.maxFileSize, scratch };
  if (format.isolated === undefined) await (await format.load()).read(source, context, sink);
  else await readIsolated(format.isolated, source, context, sink, signal);
}
