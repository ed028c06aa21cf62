import { say, type Message, type Text } from '../../core/messages/message.ts';
import type { ErrorCode } from '../../core/errors/code.ts';

/** Why something was not taken. */
export interface RejectReason {
  readonly code: Extract<ErrorCode, `TOW_DATA_${string}`>;
  /** A sentence part with actual values: `line 12 has 3 columns, the header has 4`. */
  readonly reason: Message;
  /** First line concerned, from 1, where the format has lines. */
  readonly line?: number;
}

/** Name of the file of rejects inside a documents artifact, and inside a dataset: each has those of its own step. */
export const rejectsFile = 'rejects.jsonl';

/** A line of `rejects.jsonl`. */
export interface Reject extends Omit<RejectReason, 'reason'> {
  /** Path relative to the project, with `#row` for a row of a table. */
  readonly source: string;
  /** The reason; versions before 0.1 wrote only its English, as `reason`. */
  readonly text: Message;
}

/** A line about what was not taken. */
export function rejectLine(source: string, { code, reason, line }: RejectReason): Reject {
  return { source, ...(line !== undefined && { line }), code, text: reason };
}

/** Reasons, told one after the other. */
export function oneAfterOther(reasons: readonly Text[]): Text {
  return reasons.length === 0 ? '' : reasons.reduce((one, other) => say('data.reasons', { one, other }));
}

export function isReject(value: object): value is RejectReason {
  return 'reason' in value && 'code' in value;
}

/**
 * What a reader threw at one document, as a reason to leave that document out: no document may end a run. Undefined for
 * what is not about the document: a source that changed, a system that refuses, a run that was cancelled.
 */
export function readerFault(error: unknown): RejectReason | undefined {
  if (!(error instanceof Error) || 'code' in error) return undefined;
  return {
    code: 'TOW_DATA_READER_FAILED',
    reason: say('reject.unreadable', { why: `${error.name}: ${error.message.slice(0, 200)}` }),
  };
}
