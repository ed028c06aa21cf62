import type { Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { ArtifactRecord, LineageEdge, ResultSummary } from '../store/records/lineage-records.ts';
import type { Records } from '../store/records/open.ts';
import { walkBackwards, walkForwards } from './lineage-walk.ts';

type LineageDirection = 'backwards' | 'forwards';

export interface LineageItem {
  readonly digest: Digest;
  /** Left out for files outside the store. */
  readonly artifact?: ArtifactRecord;
  /** Paths under which a source file was known, newest results first. */
  readonly labels: readonly string[];
  /** The release whose manifest it is. */
  readonly release?: string;
}

interface LineageStep extends ResultSummary {
  /** Runs that made or reused this result, newest first, at most ten. */
  readonly runs: readonly string[];
}

/** What a digest was made from (`backwards`) or what was made from it (`forwards`): steps between items. */
export interface Lineage {
  /** One, or every known version of a source file that was asked for by its path. */
  readonly roots: readonly Digest[];
  readonly direction: LineageDirection;
  readonly items: readonly LineageItem[];
  readonly steps: readonly LineageStep[];
  readonly edges: readonly LineageEdge[];
  /** Whether there is more than the limit allowed to read. */
  readonly truncated: boolean;
}

export interface LineageOptions {
  readonly direction: LineageDirection;
  /** Steps and items together. @default 5000 */
  readonly limit?: number;
  /** Whether what was made holds anything of a file that was read for it. @default of each */
  readonly took?: (edge: LineageEdge) => Promise<boolean>;
}

/** Follows a digest, the beginning of one, or the path of a source file. @throws TOW_FLOW_DIGEST_UNKNOWN */
export async function traceLineage(
  records: Pick<Records, 'lineage' | 'runs' | 'releases'>,
  reference: string,
  { direction, limit = 5000, took = () => Promise.resolve(true) }: LineageOptions,
): Promise<Lineage> {
  const { roots, isAsked } = await findRoots(records, reference);
  const walk =
    direction === 'backwards'
      ? await walkBackwards(records, roots, limit, took)
      : await walkForwards(records, roots, limit, async (edge) => isAsked(edge) && (await took(edge)));
  const { edges, truncated } = walk;
  // A file that led nowhere has its name from those who read it all the same.
  const named = (await records.lineage.readersOf(roots)).filter(isAsked);
  return {
    ...{ roots, direction, edges, truncated },
    items: await describeItems(records, [...walk.items], [...edges, ...named]),
    steps: await describeSteps(records, [...walk.keys]),
  };
}

interface Roots {
  readonly roots: readonly Digest[];
  /** Whether an input is one of those asked for: of files with equal content, only those of the path that was given. */
  readonly isAsked: (edge: LineageEdge) => boolean;
}

async function findRoots(records: Pick<Records, 'lineage'>, reference: string): Promise<Roots> {
  const text = reference.replace(/^sha256:/, '');
  const byPrefix = text === '' ? [] : await records.lineage.find(text, 100);
  if (byPrefix.length > 1) {
    const some = byPrefix.slice(0, 5).map((digest) => digest.slice(0, 16));
    throw new TowpathError(
      'TOW_FLOW_DIGEST_UNKNOWN',
      say('flow.several-digests', { prefix: text, digests: some }),
      {
        hint: say('flow.more-characters'),
      },
    );
  }
  const files = text === '' ? [] : await records.lineage.readersOfPath(text);
  const roots = [...new Set([...byPrefix, ...files.map(({ digest }) => digest)])];
  if (roots.length === 0) {
    throw new TowpathError(
      'TOW_FLOW_DIGEST_UNKNOWN',
      say('flow.no-item', { name: JSON.stringify(reference) }),
    );
  }
  const paths = new Set(files.map(({ label }) => label));
  return { roots, isAsked: ({ digest, label }) => byPrefix.includes(digest) || paths.has(label) };
}

async function describeItems(
  records: Pick<Records, 'lineage' | 'releases'>,
  digests: readonly Digest[],
  edges: readonly LineageEdge[],
): Promise<LineageItem[]> {
  const artifacts = new Map(
    (await records.lineage.artifacts(digests)).map((record) => [record.digest, record]),
  );
  const labels = new Map<Digest, Set<string>>();
  for (const { digest, role, label } of edges) {
    if (role === 'external') labels.set(digest, (labels.get(digest) ?? new Set()).add(label));
  }
  const releases = new Map(
    (await records.releases.list(10_000)).map(({ manifest, name }) => [manifest, name]),
  );
  return digests.map((digest) => {
    const artifact = artifacts.get(digest);
    const release = releases.get(digest);
    return {
      ...{ digest, labels: [...(labels.get(digest) ?? [])] },
      ...(artifact && { artifact }),
      ...(release !== undefined && { release }),
    };
  });
}

async function describeSteps(
  records: Pick<Records, 'lineage' | 'runs'>,
  keys: readonly Digest[],
): Promise<LineageStep[]> {
  const summaries = await records.lineage.results(keys);
  const steps: LineageStep[] = [];
  for (const summary of summaries) {
    const uses = await records.runs.usedBy([summary.key], 10);
    steps.push({ ...summary, runs: [...new Set(uses.map(({ run }) => run))] });
  }
  return steps.sort((a, b) => a.createdAt - b.createdAt);
}
