import { join } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { readJsonLines } from '../../data/json-lines-reader.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import { rejectsFile, type Reject } from '../../data/ingest/reject.ts';
import type { Store } from '../../store/open.ts';
import type { LineageEdge } from '../../store/records/lineage-records.ts';

/**
 * Tells whether a step took a file that it read, rather than rejecting it whole. A table, and what cannot be looked up any
 * more, count as taken: whoever asks where a document went must not be told too little.
 */
export function filesTaken(
  { records, artifacts }: Store,
  formats: FormatTable,
): (edge: LineageEdge) => Promise<boolean> {
  const rejects = new Map<Digest, Promise<ReadonlySet<string>>>();
  return async ({ key, label }) => {
    // A row's reject does not always name its row: of a table outside of the project nothing is quoted.
    if (formats.of(label)?.kind === 'table') return true;
    const known = rejects.get(key) ?? rejectedBy(key).catch(() => new Set<string>());
    rejects.set(key, known);
    return !(await known).has(label);
  };

  async function rejectedBy(key: Digest): Promise<ReadonlySet<string>> {
    const result = await records.results.get(key);
    const documents = result === 'damaged' ? undefined : result?.outputs['documents'];
    const sources = new Set<string>();
    if (result === 'damaged' || result?.kind !== 'data.ingest' || documents === undefined) return sources;
    for await (const reject of readJsonLines(join(await artifacts.open(documents), rejectsFile)))
      sources.add((reject as Reject).source);
    return sources;
  }
}
