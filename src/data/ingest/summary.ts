import { z } from 'zod';
import { jsonFormat } from '../../contract/json-format.ts';
import type { ListedFile } from './params.ts';
import type { Reject } from './reject.ts';

export interface SourceSummary {
  files: number;
  bytes: number;
  documents: number;
  rejected: number;
}

const count = z.int().nonnegative();

const fields = z.object({
  documents: count,
  bytes: count,
  rejected: z.record(z.string(), count),
  sources: z.record(z.string(), z.object({ files: count, bytes: count, documents: count, rejected: count })),
  /** Every file with the digest it was read at. */
  files: z
    .array(z.object({ source: z.string(), path: z.string(), digest: z.string(), bytes: count }))
    .readonly(),
});

/** What was read of each source. */
export type IngestSummary = z.output<typeof fields>;

/** The `summary.json` of the documents artifact. */
export const ingestSummaryFormat = jsonFormat({ file: 'summary.json', version: 1, fields });

/** Counts while files are read; keeps the first reasons of each source for its error. */
export class IngestCounts {
  readonly sources = new Map<string, SourceSummary>();
  readonly rejected = new Map<string, number>();
  readonly #reasons = new Map<string, Reject[]>();

  source(name: string): SourceSummary {
    const known = this.sources.get(name) ?? { files: 0, bytes: 0, documents: 0, rejected: 0 };
    this.sources.set(name, known);
    return known;
  }

  reject(source: string, reject: Reject): void {
    this.source(source).rejected += 1;
    this.rejected.set(reject.code, (this.rejected.get(reject.code) ?? 0) + 1);
    const reasons = this.#reasons.get(source) ?? [];
    if (reasons.length < 3) reasons.push(reject);
    this.#reasons.set(source, reasons);
  }

  firstReasons(source: string): readonly Reject[] {
    return this.#reasons.get(source) ?? [];
  }

  summary(files: readonly ListedFile[]): IngestSummary {
    const sources = [...this.sources.values()];
    return {
      documents: sources.reduce((sum, each) => sum + each.documents, 0),
      bytes: sources.reduce((sum, each) => sum + each.bytes, 0),
      rejected: sorted(this.rejected),
      sources: sorted(this.sources),
      files: files.map(({ source, path, digest, bytes }) => ({ source, path, digest, bytes })),
    };
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
