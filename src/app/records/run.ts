import type { CurvePoint } from '../../contract/curve.ts';
import type { Digest } from '../../core/digest.ts';
import type { Json } from '../../core/canonical-json.ts';
import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Message } from '../../core/messages/message.ts';
import type { Observer } from '../events.ts';

type StepState = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled' | 'skipped';

/** `interrupted`: the process ended without a word; the next run resumes it. */
type RunState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface RunOptions {
  /** Ignores cached results, and so repeats every step. @default false */
  readonly fromScratch?: boolean;
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

export interface RunRecord {
  readonly id: string;
  readonly state: RunState;
  readonly started: string;
  readonly ms?: number;
  /** Name of the machine that it is running on, when it cannot be seen from here whether it still does. */
  readonly elsewhere?: string;
  readonly steps: { readonly total: number; readonly done: number; readonly cached: number };
  /** Name of the release it made or found unchanged. */
  readonly release?: string;
  readonly error?: ErrorRecord;
}

export interface StepRecord {
  readonly name: string;
  /** `data.ingest`. */
  readonly kind: string;
  readonly state: StepState;
  readonly ms?: number;
  /** Why it was not a cache hit: `first run`, `code changed`, `parameter mask changed`. */
  readonly reason?: string;
  /** The reason, for readers of another language. */
  readonly reasonText?: Message;
  /** Version of the code that made its result. */
  readonly code?: Digest;
  /** Artifacts that it read. */
  readonly inputs?: Readonly<Record<string, Digest>>;
  /** How many files from outside of the store it read. */
  readonly files?: number;
  readonly outputs: Readonly<Record<string, Digest>>;
  readonly facts?: Readonly<Record<string, Json>>;
  /** What it measured while it ran: the last thousand points. */
  readonly curve?: readonly CurvePoint[];
  readonly error?: ErrorRecord;
}

export interface RunDetail extends RunRecord {
  /** In the order of the plan. */
  readonly plan: readonly StepRecord[];
}

export interface LogOptions {
  readonly step?: string;
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

export interface LogLine {
  readonly step: string;
  readonly line: string;
}

export interface LeftOut {
  readonly run: string;
  /** How many, by code: `TOW_DATA_LANGUAGE`. */
  readonly rejected: Readonly<Record<string, number>>;
  /** How many places, by kind: `email`. */
  readonly masked: Readonly<Record<string, number>>;
  /** Steps that ended without a result, or have not ended yet: what they left out is not listed. */
  readonly unfinished: readonly string[];
  /** Every one, read as it is asked for. */
  list(): AsyncIterable<LeftOutRecord>;
}

export interface RejectedRecord {
  readonly outcome: 'rejected';
  readonly step: string;
  /** Path relative to the project, with `#row` for a row of a table. */
  readonly source: string;
  readonly line?: number;
  readonly code: string;
  readonly reason: string;
  /** The reason, for readers of another language. */
  readonly text: Message;
}

export type LeftOutRecord =
  | RejectedRecord
  | {
      readonly outcome: 'masked';
      readonly step: string;
      readonly source: string;
      readonly line?: number;
      readonly title?: boolean;
      readonly kind: string;
    }
  | {
      readonly outcome: 'skipped' | 'shortened';
      readonly step: string;
      readonly what: string;
      readonly whatText: Message;
      readonly count: number;
    };

export type PageName = 'report' | 'curves';

export interface PageRecord {
  /** Id of a run, or name of a release. */
  readonly of: string;
  /** Absolute path of an HTML file that needs nothing beside it. */
  readonly page: string;
}
