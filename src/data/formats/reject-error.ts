import { render } from '../../core/messages/message.ts';
import type { RejectReason } from '../ingest/reject.ts';

/** Carries a reason for refusing a whole file out of a reader. */
export class RejectError extends Error {
  readonly reject: RejectReason;
  constructor(reject: RejectReason) {
    super(render(reject.reason, 'en'));
    this.reject = reject;
  }
}

/** What it carries. It is known by its shape: the class of a format from outside may be that of another copy of ours. */
export function carriedReject(error: unknown): RejectReason | undefined {
  return error instanceof Error && 'reject' in error ? (error.reject as RejectReason) : undefined;
}
