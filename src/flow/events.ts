import type { Json } from '../core/canonical-json.ts';
import type { Digest } from '../core/digest.ts';
import type { ErrorRecord } from '../core/errors/towpath-error.ts';
import type { Message } from '../core/messages/message.ts';
import type { ProgressRecord } from '../contract/progress.ts';
import type { RunStatus, StepStatus } from '../store/records/run-records.ts';

/** Where a line of a step's log came from. */
export type LogSource = 'out' | 'err' | 'log' | 'flow';

export type FlowEvent =
  | {
      readonly type: 'run-started';
      readonly run: string;
      readonly resumedFrom?: string;
      /** In the order of the plan. */
      readonly steps: readonly { readonly name: string; readonly kind: string }[];
    }
  | {
      readonly type: 'step-started';
      readonly run: string;
      readonly step: string;
      /** 2 when something outside killed the first try. */
      readonly attempt: number;
      /** Why it is not a cache hit. */
      readonly reason: string;
      /** The same, for readers of another language. */
      readonly reasonText: Message;
    }
  | {
      readonly type: 'step-waiting';
      readonly run: string;
      readonly step: string;
      /** The other run that is computing the same step. */
      readonly on: string;
      /** Name of the machine that the other run goes on at, when that is not this one. */
      readonly elsewhere?: string;
    }
  | {
      readonly type: 'step-progress';
      readonly run: string;
      readonly step: string;
      readonly progress: ProgressRecord;
    }
  | {
      readonly type: 'step-log';
      readonly run: string;
      readonly step: string;
      readonly source: LogSource;
      readonly line: string;
    }
  | {
      readonly type: 'step-finished';
      readonly run: string;
      readonly step: string;
      readonly status: Exclude<StepStatus, 'pending' | 'running' | 'interrupted'>;
      readonly ms: number;
      readonly facts: Readonly<Record<string, Json>>;
      readonly outputs: Readonly<Record<string, Digest>>;
      readonly error?: ErrorRecord;
    }
  | {
      readonly type: 'run-finished';
      readonly run: string;
      readonly status: RunStatus;
      readonly ms: number;
      readonly error?: ErrorRecord;
    };

/** Hears what happens in a run, in order. What it throws is ignored: watching must not fail what is watched. */
export type FlowObserver = (event: FlowEvent) => void;
