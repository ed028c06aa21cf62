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

/** A result as one run made or reused it. */
export interface ResultUse {
  readonly run: string;
  readonly step: string;
  readonly key: Digest;
  /** Whether this run computed it; otherwise it found it. */
  readonly made: boolean;
  readonly outputs: Readonly<Record<string, Digest>>;
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
  /** What runs made or reused under these keys, newest runs first. */
  usesOf(keys: readonly Digest[]): Promise<ResultUse[]>;
  /** What these runs made or reused, in the order of their plans. */
  usesIn(runs: readonly string[]): Promise<ResultUse[]>;
  /** Whole digests that begin with `prefix`; at most `limit`. */
  find(prefix: string, limit: number): Promise<Digest[]>;
  /**
   * Inputs from files of this path. A path that no file has exactly is taken for those it equals as text: the same
   * letters may be stored composed (NFC) or decomposed (NFD), which nobody sees or types on purpose.
   */
  readersOfPath(path: string): Promise<LineageEdge[]>;
}
