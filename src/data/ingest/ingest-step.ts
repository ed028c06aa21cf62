import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Text } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import { readTrust } from '../../project/trust/trust.ts';
import { defineStep, type StepContext, type StepFacts, type StepKind } from '../../flow/step.ts';
import { openDatabase } from '../../duckdb/database.ts';
import { LargestDocument, tellLarge } from '../../duckdb/memory.ts';
import { JsonLinesWriter } from '../json-lines-writer.ts';
import type { FormatTable } from '../formats/format-table.ts';
import { ingestParams, type IngestParams, type ListedFile } from './params.ts';
import { RawTable, rawFile } from './raw-table.ts';
import { readFile } from './read-file.ts';
import { oneAfterOther, rejectLine, rejectsFile, type Reject, type RejectReason } from './reject.ts';
import { IngestCounts, ingestSummaryFormat } from './summary.ts';

/** Rejects that are told in the log; every one is in rejects.jsonl. */
const loggedRejects = 100;

/**
 * The step that reads source files into one table of documents; whatever is not taken is listed with its reason.
 *
 * @param module `import.meta.url` of the file that exports it as `step`: what that reaches, the formats with their
 *   readers, is the code that makes the step's key
 */
export function ingestStep(formats: FormatTable, module: string): StepKind<IngestParams> {
  return defineStep<IngestParams>({
    name: 'data.ingest',
    module,
    params: ingestParams,
    inputs: [],
    outputs: ['documents'],
    memory: 3072,
    leaves: rejectsFile,
    run: async (context) => await ingest({ ...context, formats }),
  });
}

interface IngestContext extends StepContext<IngestParams> {
  readonly formats: FormatTable;
}

async function ingest(context: IngestContext): Promise<StepFacts> {
  const output = context.outputs['documents'] as string;
  await mkdir(output, { recursive: true });
  const facts = await ingestInto(output, context);
  await rename(join(context.scratch, rejectsFile), join(output, rejectsFile));
  return facts;
}

async function ingestInto(output: string, context: IngestContext): Promise<StepFacts> {
  const { params, scratch, cores } = context;
  const database = await openDatabase({ scratch, cores });
  const rejects = new JsonLinesWriter(join(scratch, rejectsFile));
  const counts = new IngestCounts();
  let refused = 0;
  const refuse = (origin: string, reject: Reject) => {
    counts.reject(origin, reject);
    rejects.write(reject);
    refused += 1;
    if (refused <= loggedRejects) context.log(`rejected ${placeOf(reject)}: ${render(reject.text, 'en')}`);
  };
  const largest = new LargestDocument();
  try {
    const raw = await RawTable.create(database, largest);
    await readAll(context, raw, counts, refuse);
    for (const { origin, source, lines } of await raw.takeRepeats()) {
      counts.source(origin).documents -= 1;
      const line = Number.parseInt(lines ?? '', 10);
      const reason = say('reject.same-id');
      refuse(origin, rejectLine(source, { code: 'TOW_DATA_ROW_ID', reason, ...(line > 0 && { line }) }));
    }
    if (refused > loggedRejects)
      context.log(
        `rejected ${String(refused - loggedRejects)} more: \`towpath rejects\` lists all once this step has ended`,
      );
    for (const [name, { documents }] of counts.sources) if (documents === 0) throw nothingLeft(name, counts);
    await raw.write(join(output, rawFile), cores);
    const summary = counts.summary(params.files);
    await ingestSummaryFormat.write(output, summary);
    return {
      documents: summary.documents,
      files: summary.files.length,
      bytes: summary.bytes,
      rejected: { ...summary.rejected },
    };
  } catch (error) {
    throw largest.blame(error);
  } finally {
    rejects.close();
    database.close();
  }
}

async function readAll(
  context: IngestContext,
  raw: RawTable,
  counts: IngestCounts,
  refuse: (origin: string, reject: Reject) => void,
): Promise<void> {
  const { params, signal, projectDir, formats } = context;
  const trust = await readTrust(projectDir, process.env);
  const total = params.files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  for (const [ordinal, file] of params.files.entries()) {
    signal.throwIfAborted();
    const count = counts.source(file.source);
    count.files += 1;
    count.bytes += file.bytes;
    const before = done;
    const onBytes = (read: number) => {
      signal.throwIfAborted();
      done += read;
      context.progress({ done, total, unit: 'bytes', note: say('data.reading', { path: file.path }) });
    };
    let taken = 0;
    const format = formats.of(file.path);
    if (format?.bounds !== 'row') tellLarge(context.log, file.path, file.bytes);
    const whole = await readFile({ ...context, trust }, file, onBytes, {
      document(found) {
        taken += 1;
        if (format !== undefined) raw.append(ordinal, file, format, found);
      },
      reject: (reason, row) => refuse(file.source, placed(file, reason, row)),
    });
    if (whole !== undefined) {
      if (taken > 0) await raw.withdraw(ordinal);
      taken = 0;
      refuse(file.source, placed(file, whole));
    }
    count.documents += taken;
    done = before + file.bytes;
    context.progress({ done, total, unit: 'bytes', note: say('data.read', { path: file.path }) });
  }
}

function placed(file: ListedFile, reason: RejectReason, row?: string): Reject {
  return rejectLine(row === undefined ? file.path : `${file.path}#${row}`, reason);
}

function placeOf({ source, line }: Reject): string {
  return line === undefined ? source : `${source}:${String(line)}`;
}

function nothingLeft(name: string, counts: IngestCounts): TowpathError {
  const { files, bytes, rejected } = counts.source(name);
  const reasons = counts
    .firstReasons(name)
    .map((reject): Text => say('data.rejected', { place: placeOf(reject), reason: reject.text }));
  const message = say('data.source-empty', {
    source: JSON.stringify(name),
    files,
    size: formatBytes(bytes),
    rejected,
    reasons: oneAfterOther(reasons),
  });
  return new TowpathError('TOW_DATA_SOURCE_EMPTY', message, {
    where: say('where.source', { source: name }),
    data: { source: name, rejected },
  });
}
