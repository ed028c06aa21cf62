import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { ReportProgress } from '../../contract/progress.ts';
import { readDocuments } from '../../contract/documents/read-documents.ts';
import type { Shape } from './example.ts';
import { readExamples } from './examples.ts';
import { Leaks } from './leaks.ts';
import type { ServedPrompts } from '../../text/answer-prompt.ts';
import { materialOf } from './material.ts';
import type { TrainingRow } from './row.ts';
import type { SourceFile } from './source-file.ts';
import { splitOfId } from './split.ts';
import { suiteEntries } from './suites.ts';

export interface RowSources {
  readonly projectDir: string;
  /** Folder of the dataset artifact. */
  readonly dataset: string;
  /** Whether the text of the dataset's documents is learnt. */
  readonly documents: boolean;
  readonly examples: readonly SourceFile[];
  /** Suites that the examples must not ask the questions of. */
  readonly suites: readonly SourceFile[];
  readonly shape: Shape;
  readonly services: ServedPrompts;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
}

/** Rows by split; `test` counts what was left out because its document is kept for testing. */
export interface RowCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Examples whose `source` is no document of the dataset, and that their id splits. */
  readonly unknownSources: number;
}

/**
 * Writes the rows of a job as lines of JSON: documents sorted by id, then the examples in the order of their files. The
 * same sources give the same bytes.
 *
 * @throws TowpathError TOW_TRAIN_EXAMPLES_BROKEN, TOW_TRAIN_LEAK, TOW_TRAIN_NO_DATA when the training split is empty,
 *   TOW_DATA_SOURCE_CHANGED or TOW_DATA_DATASET_UNREADABLE
 */
export async function writeRows(path: string, sources: RowSources): Promise<RowCounts> {
  const counts = { train: 0, validation: 0, test: 0, unknownSources: 0 };
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rows(sources, counts)) {
      counts[row.split] += 1;
      yield `${JSON.stringify(row)}\n`;
    }
  };
  await pipeline(lines, createWriteStream(path, { flags: 'wx' }), { signal: sources.signal });
  if (counts.train > 0) return counts;
  const what = say(sources.documents ? 'training.no-document' : 'training.no-example');
  throw new TowpathError(
    'TOW_TRAIN_NO_DATA',
    say('training.no-rows', { what, validation: counts.validation, test: counts.test }),
  );
}

type Counts = { -readonly [Name in keyof RowCounts]: number };

async function* rows(sources: RowSources, counts: Counts): AsyncGenerator<TrainingRow> {
  if (sources.documents) yield* documentRows(sources, counts);
  if (sources.examples.length > 0) yield* exampleRows(sources, counts);
}

async function* documentRows({ dataset, progress }: RowSources, counts: Counts): AsyncGenerator<TrainingRow> {
  let done = 0;
  for await (const { id, source, text, split } of readDocuments(dataset, ['id', 'source', 'text', 'split'])) {
    if (split === 'test') counts.test += 1;
    else yield { id, split, document: source, text };
    done += 1;
    progress({ done, unit: 'documents', note: say('training.reading-documents') });
  }
}

async function* exampleRows(sources: RowSources, counts: Counts): AsyncGenerator<TrainingRow> {
  const { projectDir, dataset, examples, suites, shape, services, signal, progress } = sources;
  const splits = new Map<string, TrainingRow['split'] | 'test'>();
  for await (const { source, split } of readDocuments(dataset, ['source', 'split']))
    splits.set(source, split);
  const leaks = new Leaks(await suiteEntries(projectDir, suites, signal));
  let done = 0;
  for await (const entry of readExamples({ projectDir, files: examples, shape, signal })) {
    leaks.look(entry);
    const { source } = entry.example;
    const ofDocument = source === undefined ? undefined : splits.get(source);
    if (source !== undefined && ofDocument === undefined) counts.unknownSources += 1;
    const split = ofDocument ?? splitOfId(entry.id);
    if (split === 'test') counts.test += 1;
    else yield { id: entry.id, split, document: entry.place, ...materialOf(entry.example, services) };
    done += 1;
    progress({ done, unit: 'rows', note: say('training.reading-examples') });
  }
  leaks.check();
}
