import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase, sqlText } from '../../duckdb/database.ts';
import type { FormatTable } from '../formats/format-table.ts';
import { formats as everyFormat } from '../formats/table.ts';
import { listSources } from '../ingest/list-sources.ts';
import type { Reject } from '../ingest/reject.ts';
import { ingestStep } from '../ingest/ingest-step.ts';
import type { IngestSummary } from '../ingest/summary.ts';
import { sourcesSectionOver } from '../sources-section.ts';
import { folderWith, testContext } from './step-context.ts';

export interface Ingested {
  readonly dir: string;
  readonly projectDir: string;
  readonly documents: Record<string, unknown>[];
  readonly rejects: Reject[];
  readonly summary: IngestSummary;
}

interface IngestOptions {
  readonly maxFileSize?: number;
  readonly cores?: number;
  readonly projectDir?: string;
  readonly formats?: FormatTable;
}

/** Writes the files into a new project folder and ingests them as one source, or as the sources given. */
export async function ingest(
  files: Record<string, string | Uint8Array>,
  sources: object | object[] = {},
  options: IngestOptions = {},
): Promise<Ingested> {
  const { formats = everyFormat, maxFileSize = 1 << 20, cores = 1 } = options;
  const projectDir = options.projectDir ?? (await folderWith(files));
  const list = Array.isArray(sources) ? sources : [{ name: 'docs', files: ['**/*'], ...sources }];
  const config = sourcesSectionOver(formats).schema.parse(list);
  const params = await listSources(projectDir, config, { maxFileSize, formats });
  const step = ingestStep(formats, import.meta.url);
  const { context } = await testContext(step.params.parse(params), {
    projectDir,
    outputs: ['documents'],
    cores,
  });
  await step.run(context);
  return readIngested(context.outputs['documents'] as string, projectDir);
}

async function readIngested(dir: string, projectDir: string): Promise<Ingested> {
  const database = await openDatabase({ cores: 1 });
  const documents = await database.rows(`SELECT * FROM read_parquet(${sqlText(join(dir, 'raw.parquet'))})`);
  database.close();
  return {
    dir,
    projectDir,
    documents,
    rejects: await readRejects(dir),
    summary: JSON.parse(await readFile(join(dir, 'summary.json'), 'utf8')) as IngestSummary,
  };
}

export async function readRejects(dir: string): Promise<Reject[]> {
  const text = await readFile(join(dir, 'rejects.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Reject);
}
