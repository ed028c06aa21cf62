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
