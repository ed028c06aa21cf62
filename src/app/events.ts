import type { Json } from '../core/canonical-json.ts';
import type { ErrorRecord } from '../core/errors/towpath-error.ts';
import type { Message } from '../core/messages/message.ts';
import type { ProgressRecord } from '../contract/progress.ts';
import type { HeldBack } from './service/held-back.ts';

/** Told what happens while `run`, `up` or `serve` goes on; must not throw and must return at once. */
export type Observer = (event: TowpathEvent) => void;

/** With `--json`, each is printed as one line. */
export type TowpathEvent = RunEvent | ServiceEvent;

/** What happens in a run, in this order for each step: started, progress…, finished. A cached step only finishes. */
export type RunEvent =
  | { readonly event: 'run-started'; readonly run: string; readonly steps: readonly string[] }
  | {
      readonly event: 'step-started';
      readonly run: string;
      readonly step: string;
      readonly reason?: string;
      /** The reason, for readers of another language. */
      readonly reasonText?: Message;
    }
  | {
      readonly event: 'step-waiting';
      readonly run: string;
      readonly step: string;
      /** The other run that is computing the same step. */
      readonly on: string;
      /** Name of the machine that the other run goes on at, when it cannot be seen from here whether it still does. */
      readonly elsewhere?: string;
    }
  | {
      readonly event: 'step-progress';
      readonly run: string;
      readonly step: string;
      readonly progress: ProgressRecord;
    }
  | {
      readonly event: 'step-finished';
      readonly run: string;
      readonly step: string;
      readonly outcome: 'cached' | 'done' | 'failed' | 'cancelled';
      readonly ms: number;
      readonly facts?: Readonly<Record<string, Json>>;
      readonly error?: ErrorRecord;
    }
  | {
      readonly event: 'run-finished';
      readonly run: string;
      readonly outcome: 'done' | 'failed' | 'cancelled';
      readonly ms: number;
      readonly release?: string;
      /** The live release, where that is another than the run's. */
      readonly live?: string;
      /** The project names no suite: its gates had nothing to look at. */
      readonly evaluated?: false;
      readonly error?: ErrorRecord;
    };

/** What happens to the service. */
type ServiceEvent =
  /** A replica is loading its model; `replica` counts from 1. */
  | {
      readonly event: 'replica-starting';
      readonly release: string;
      readonly replica: number;
      readonly of: number;
    }
  | {
      readonly event: 'replica-failed';
      readonly replica: number;
      readonly error: ErrorRecord;
      /** Milliseconds until it is started again; absent when it is given up. */
      readonly retryIn?: number;
    }
  /** The first release takes traffic. */
  | { readonly event: 'serving'; readonly url: string; readonly release: string }
  /** The release is live though a newer one exists: someone rolled back. */
  | ({ readonly event: 'held-back' } & HeldBack)
  /** Traffic has moved from one release to another. */
  | { readonly event: 'swapped'; readonly from: string; readonly to: string }
  /** The release gets no more requests; those in flight are finished. */
  | { readonly event: 'draining'; readonly release: string; readonly inFlight: number }
  | { readonly event: 'watching'; readonly files: number }
  /** Sources changed, a run follows; paths relative to the project, at most ten. */
  | { readonly event: 'changed'; readonly paths: readonly string[]; readonly count: number }
  /** Something is wrong that a run can do without. */
  | { readonly event: 'warning'; readonly error: ErrorRecord }
  /** Something failed, and the service goes on with what it has. */
  | {
      readonly event: 'trouble';
      readonly error: ErrorRecord;
      /** Milliseconds until a run that failed is tried again; absent when it waits for a change. */
      readonly retryIn?: number;
    }
  | { readonly event: 'stopping' }
  | { readonly event: 'stopped' };
