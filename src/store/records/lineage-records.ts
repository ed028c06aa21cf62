import type { Digest } from '../../core/digest.ts';
import type { ArtifactKind } from '../artifacts/artifact-store.ts';

/** One edge of the lineage: the result `key` of a step read or wrote `digest`. */
export interface LineageEdge {
  readonly key: Digest;
  readonly digest: Digest;
  readonly role: 'input' | 'external' | 'output';
  /** Name of the input or output. */
  readonly name: string;
  readonly label: string;
}

export interface ResultSummary {
  readonly key: Digest;
  readonly step: string;
  readonly kind: string;
  readonly run: string;
  readonly createdAt: number;
}

export interface ArtifactRecord {
  readonly digest: Digest;
  readonly kind: ArtifactKind;
  readonly media: string;
  readonly bytes: number;
  readonly files: number;
  readonly createdAt: number;
}

/** The graph between digests and results, read one layer at a time. */
export interface LineageRecords {
  /** Results that wrote any of these digests. */
  writersOf(digests: readonly Digest[]): Promise<LineageEdge[]>;
  /** Results that read any of these digests. */
  readersOf(digests: readonly Digest[]): Promise<LineageEdge[]>;
  readBy(keys: readonly Digest[]): Promise<LineageEdge[]>;
  writtenBy(keys: readonly Digest[]): Promise<LineageEdge[]>;
  results(keys: readonly Digest[]): Promise<ResultSummary[]>;
  artifacts(digests: readonly Digest[]): Promise<ArtifactRecord[]>;
  /** Whole digests that begin with `prefix`, or whose external label is exactly `prefix`; at most `limit`. */
  find(prefix: string, limit: number): Promise<Digest[]>;
}
