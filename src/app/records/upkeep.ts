import type { ErrorRecord } from '../../core/errors/towpath-error.ts';
import type { Message } from '../../core/messages/message.ts';
import type { Observer } from '../events.ts';

export interface VerifyOptions {
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

export interface VerifyRecord {
  readonly ok: boolean;
  readonly releases: number;
  readonly promotions: number;
  readonly artifacts: { readonly count: number; readonly bytes: number };
  /** What is wrong, at most a hundred of each kind. */
  readonly problems: readonly ErrorRecord[];
  /** What is no fault, and worth knowing: an older release whose artifacts were removed. */
  readonly notes: readonly string[];
  /** The notes, for readers of another language. */
  readonly noteTexts: readonly Message[];
}

export interface RepairOptions {
  /** Gives every record up instead of rebuilding it. @default false */
  readonly afresh?: boolean;
  /** Name of a release that is damaged for good, and not live. */
  readonly giveUp?: string;
}

export interface RepairRecord {
  /** `rebuilt`: there was none with anything in it. `afresh`: everything was given up. */
  readonly database: 'whole' | 'rebuilt' | 'afresh';
  /** Names of the releases that are recorded again. */
  readonly releases: readonly string[];
  /** Releases whose manifests were put back. */
  readonly manifests: readonly string[];
  /** In the ledger now. */
  readonly promotions: number;
  readonly ledger: 'whole' | 'restored' | 'cut' | 'rebuilt';
  /** Results of steps that are recorded again. */
  readonly results: number;
  /** Name of the release that was given up. */
  readonly givenUp?: string;
  /** Name of the release that is live now. */
  readonly live?: string;
  /** Where what was damaged or did not fit is kept. */
  readonly kept: readonly string[];
  readonly notes: readonly string[];
  /** The notes, for readers of another language. */
  readonly noteTexts: readonly Message[];
  /** What is still wrong, and cannot be mended from what is there; absent when nothing is. */
  readonly problems?: readonly ErrorRecord[];
}

export interface BackupRecord {
  readonly folder: string;
  readonly artifacts: { readonly count: number; readonly bytes: number };
  /** Artifacts that an earlier backup into the same folder had copied. */
  readonly unchanged: number;
  /** What is wrong with the records that were copied; absent when nothing is. */
  readonly problems?: readonly ErrorRecord[];
}
