import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetCardFormat, type DatasetCard } from '../../contract/dataset-card.ts';
import type { Layout } from '../../contract/documents/document.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import { defineStep, requiredInput, type StepContext, type StepFacts } from '../../flow/step.ts';
import { documentColumns, documentsFile } from '../../contract/documents/documents-file.ts';
import { openDatabase, sqlText, type Database } from '../../duckdb/database.ts';
import { JsonLinesWriter } from '../json-lines-writer.ts';
import { LargestDocument, tellLarge } from '../../duckdb/memory.ts';
import { writeParquet } from '../../duckdb/parquet-file.ts';
import { RowAppender } from '../../duckdb/row-appender.ts';
import { rawFile } from '../ingest/raw-table.ts';
import {
  isReject,
  oneAfterOther,
  readerFault,
  rejectLine,
  rejectsFile,
  type Reject,
} from '../ingest/reject.ts';
import { ingestSummaryFormat } from '../ingest/summary.ts';
import { datasetCard } from './card.ts';
import { maskKinds, type MaskKind } from './mask/kinds.ts';
import { prepareParams, type PrepareParams } from './params.ts';
import { createPreparer, type RawDocument } from './prepare-document.ts';
import { maskedFile } from './masked.ts';

/** Rejected documents of a source with none left that the log names. */
const loggedRejects = 100;

/** Cleans, filters, deduplicates, masks and splits the documents that were ingested. */
export const step = defineStep<PrepareParams>({
  name: 'data.prepare',
  module: import.meta.url,
  params: prepareParams,
  inputs: ['documents'],
  outputs: ['dataset'],
  leaves: rejectsFile,
  run: prepare,
});

const table = `CREATE TABLE prepared (${documentColumns.map((name) => `${name} VARCHAR`).join(', ')}, digest VARCHAR, origin VARCHAR)`;
const rejectTable =
  'CREATE TABLE rejects (source VARCHAR, line INTEGER, text VARCHAR, code VARCHAR, origin VARCHAR)';
const maskTable = 'CREATE TABLE masks (source VARCHAR, line INTEGER, title BOOLEAN, kind VARCHAR)';

async function prepare(context: StepContext<PrepareParams>): Promise<StepFacts> {
  const { params, scratch, cores } = context;
  const input = requiredInput(context.inputs, 'documents').path;
  const output = context.outputs['dataset'] as string;
  await mkdir(output, { recursive: true });
  const database = await openDatabase({ scratch, cores });
  const largest = new LargestDocument();
  try {
    const summary = await ingestSummaryFormat.read(input);
    for (const { path, bytes } of summary.files) largest.meet(path, bytes);
    await database.run(table);
    await database.run(rejectTable);
    await database.run(maskTable);
    const masked = await prepareAll(context, database, input);
    await checkSources(database, context);
    await keepFirst(database, params.deduplicate === 'exact');
    const query = `SELECT ${documentColumns.join(', ')} FROM prepared WHERE id NOT IN (SELECT id FROM duplicates) ORDER BY id`;
    context.log('writing documents.parquet');
    await writeParquet(database, query, join(output, documentsFile), cores);
    await writeRejects(database, join(output, rejectsFile));
    await writeMasked(database, join(output, maskedFile));
    const rejected = await rejectedHere(database);
    const card = await datasetCard(database, { rejected, masked }, summary);
    await datasetCardFormat.write(output, card);
    return factsOf(card, rejected);
  } catch (error) {
    throw largest.blame(error);
  } finally {
    database.close();
  }
}

async function prepareAll(
  context: StepContext<PrepareParams>,
  database: Database,
  input: string,
): Promise<Record<MaskKind, number>> {
  const raw = `read_parquet(${sqlText(join(input, rawFile))})`;
  const total = Number((await database.rows(`SELECT count(*)::INTEGER AS n FROM ${raw}`))[0]?.['n']);
  const prepareOne = createPreparer(context.params);
  const masked = Object.fromEntries(maskKinds.map((kind) => [kind, 0])) as Record<MaskKind, number>;
  const kept = await RowAppender.open(database, 'prepared');
  const refused = await RowAppender.open(database, 'rejects');
  const masks = await RowAppender.open(database, 'masks');
  let done = 0;
  for await (const batch of database.batches(
    `SELECT id, source, title, text, lines, origin, layout FROM ${raw}`,
  )) {
    for (const row of batch) {
      context.signal.throwIfAborted();
      const [id, source, title, text, lines, origin, layout] = row as [
        string,
        string,
        string,
        string,
        string | null,
        string,
        Layout,
      ];
      tellLarge(context.log, source, text.length);
      const result = prepared(prepareOne, { id, source, title, text, layout, ...lastLine(lines) });
      if (isReject(result)) {
        refused.append([source, firstLine(lines), JSON.stringify(result.reason), result.code, origin]);
      } else {
        kept.append([...documentColumns.map((name) => result.document[name]), result.digest, origin]);
        for (const { kind, line = firstLine(lines), title: inTitle } of result.masked) {
          masks.append([source, line, inTitle === true, kind]);
          masked[kind] += 1;
        }
      }
      done += 1;
      context.progress({ done, total, unit: 'documents', note: say('data.cleaning') });
      // Lets messages through: everything above is synchronous.
      if (done % 256 === 0) await new Promise(setImmediate);
    }
  }
  kept.close();
  refused.close();
  masks.close();
  return masked;
}

function prepared(
  prepareOne: ReturnType<typeof createPreparer>,
  document: RawDocument,
): ReturnType<typeof prepareOne> {
  try {
    return prepareOne(document);
  } catch (error) {
    const fault = readerFault(error);
    if (fault === undefined) throw error;
    return fault;
  }
}

/** Only rows of tables have a line of their own. */
function firstLine(lines: string | null): number | null {
  return lines === null || lines.startsWith('1-') ? null : Number.parseInt(lines, 10);
}

function lastLine(lines: string | null): { readonly lastLine?: number } {
  const last = /^1-(\d+)$/.exec(lines ?? '')?.[1];
  return last === undefined ? {} : { lastLine: Number(last) };
}

/** Marks all but the smallest id of documents with one text. */
async function keepFirst(database: Database, deduplicate: boolean): Promise<void> {
  await database.run(`CREATE TABLE duplicates AS
    SELECT p.id, p.source, k.id AS keeper FROM prepared p
    JOIN (SELECT digest, min(id) AS id FROM prepared GROUP BY digest HAVING count(*) > 1) k USING (digest)
    WHERE p.id <> k.id AND ${String(deduplicate)}`);
  const refused = await RowAppender.open(database, 'rejects');
  const query = 'SELECT d.source, k.source FROM duplicates d JOIN prepared k ON k.id = d.keeper';
  for await (const batch of database.batches(query))
    for (const [source, keeper] of batch as [string, string][]) {
      const reason = say('reject.duplicate', { source: keeper });
      refused.append([source, null, JSON.stringify(reason), 'TOW_DATA_DUPLICATE', null]);
    }
  refused.close();
}

/** A source that lost every document to filters is an error; one whose documents all stand in other sources is not. */
async function checkSources(
  database: Database,
  { log, scratch, params }: StepContext<PrepareParams>,
): Promise<void> {
  const short = "count(*) FILTER (code = 'TOW_DATA_TOO_SHORT')::INTEGER AS short";
  const [empty] = await database.rows(`SELECT origin, count(*)::INTEGER AS n, ${short} FROM rejects
    WHERE origin NOT IN (SELECT origin FROM prepared) GROUP BY origin ORDER BY origin LIMIT 1`);
  if (empty === undefined) return;
  const source = String(empty['origin']);
  const first = await database.rows(
    `SELECT source, text FROM rejects WHERE origin = $source ORDER BY source, text LIMIT ${String(loggedRejects)}`,
    { source },
  );
  // The dataset, which would list them, is not made.
  await writeRejects(database, join(scratch, rejectsFile));
  const told = first.map(({ source: place, text }) => ({
    place: String(place),
    reason: JSON.parse(String(text)) as Message,
  }));
  for (const { place, reason } of told) log(`rejected ${place}: ${render(reason, 'en')}`);
  const reasons = told.slice(0, 3).map((each) => say('data.rejected', each));
  const message = say('data.source-filtered', {
    source: JSON.stringify(source),
    rejected: Number(empty['n']),
    reasons: oneAfterOther(reasons),
  });
  const onlyShort = empty['short'] === empty['n'];
  throw new TowpathError('TOW_DATA_SOURCE_EMPTY', message, {
    where: say('where.source', { source }),
    ...(onlyShort && { hint: say('data.all-short', { least: params.minCharacters }) }),
  });
}

async function writeRejects(database: Database, path: string): Promise<void> {
  const writer = new JsonLinesWriter(path);
  const query = 'SELECT source, line, text, code FROM rejects ORDER BY source, line, code, text';
  for await (const batch of database.batches(query)) {
    for (const [source, line, text, code] of batch as [string, number | null, string, Reject['code']][]) {
      const reason = JSON.parse(text) as Message;
      writer.write(rejectLine(source, { code, reason, ...(line !== null && { line }) }));
    }
  }
  writer.close();
}

async function writeMasked(database: Database, path: string): Promise<void> {
  const writer = new JsonLinesWriter(path);
  const query = 'SELECT source, line, title, kind FROM masks ORDER BY source, title, line, kind';
  for await (const batch of database.batches(query)) {
    for (const [source, line, title, kind] of batch as [string, number | null, boolean, MaskKind][])
      writer.write({ source, ...(line !== null && { line }), ...(title && { title }), kind });
  }
  writer.close();
}

/** Those of this step: what was rejected before it is told by the step before it. */
async function rejectedHere(database: Database): Promise<Record<string, number>> {
  const rows = await database.rows(
    'SELECT code, count(*)::INTEGER AS n FROM rejects GROUP BY code ORDER BY code',
  );
  return Object.fromEntries(rows.map(({ code, n }) => [String(code), Number(n)]));
}

function factsOf(card: DatasetCard, rejected: Readonly<Record<string, number>>): StepFacts {
  return {
    documents: card.documents,
    languages: Object.fromEntries(
      Object.entries(card.languages).map(([name, { documents }]) => [name, documents]),
    ),
    splits: { ...card.splits },
    rejected,
    masked: { ...card.masked },
  };
}
