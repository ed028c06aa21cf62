import { say, type Text } from '../core/messages/message.ts';
import { livenessOf } from '../core/process-identity.ts';
import type { RunRecord } from '../store/records/run-records.ts';

/** The label of a run that names its machine, for people. */
export const hostLabel = 'host';

/** Whether a run that is going on does so where this process cannot look: on another machine, in another container. */
export function isElsewhere({ engine, startedAt }: Pick<RunRecord, 'engine' | 'startedAt'>): boolean {
  return livenessOf(engine, startedAt) === 'unknown';
}

/** What to call the machine of a run; earlier versions wrote no name. */
export function elsewhereName(labels: RunRecord['labels']): Text {
  return labels[hostLabel] ?? say('flow.another-machine');
}
