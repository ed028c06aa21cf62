import type { ErrorCode } from '../../core/errors/registry.ts';

/** Why something was not taken. */
export interface RejectReason {
  readonly code: Extract<ErrorCode, `TOW_DATA_${string}`>;
  /** A sentence part with actual values: `line 12 has 3 columns, the header has 4`. */
  readonly reason: string;
  /** First line concerned, from 1, where the format has lines. */
  readonly line?: number;
}

/** Name of the file of rejects inside a documents artifact, and inside a dataset: each has those of its own step. */
export const rejectsFile = 'rejects.jsonl';

/** A line of `rejects.jsonl`. */
export interface Reject extends RejectReason {
  /** Path relative to the project, with `#row` for a row of a table. */
  readonly source: string;
}

export function isReject(value: object): value is RejectReason {
  return 'reason' in value && 'code' in value;
}
