import type { Speech } from '../core/messages/message.ts';
import type {
  LineageDirection,
  LineageRecord,
  ReleaseDetail,
  ReleaseRecord,
  RollbackRecord,
} from './records/release.ts';
import type {
  LeftOut,
  LogLine,
  LogOptions,
  PageRecord,
  RunDetail,
  RunOptions,
  RunRecord,
} from './records/run.ts';
import type { ServeOptions, ServiceRecord, StatusRecord, UpOptions } from './records/service.ts';
import type { TrustChange, TrustRecord } from './records/trust.ts';
import type {
  BackupRecord,
  RepairOptions,
  RepairRecord,
  VerifyOptions,
  VerifyRecord,
} from './records/upkeep.ts';

/**
 * One open project: what every front end (command line, control API) can ask of Towpath. Everything returned is plain
 * data fit for `--json`; times are ISO 8601 in UTC, durations milliseconds.
 *
 * Wherever a run is named, a unique prefix of its id or `last` does; a release goes by its name (`r3`) or a prefix of
 * its digest. A name that fits none, or several, is a user error that lists candidates.
 *
 * The project file is read by `run`, `up` and `serve` alone, so that records stay readable while the file is broken.
 */
export interface Towpath {
  /**
   * Runs the flow once; on passing gates makes a release and promotes it. Rejects with the error that ended the run
   * (a gate's included) after `run-finished` was observed; resolves with state `cancelled` when the signal stopped it.
   */
  run(options: RunOptions): Promise<RunRecord>;
  /** Runs, serves, and reruns when sources change, until the signal: then drains, stops everything and resolves. */
  up(options: UpOptions): Promise<void>;
  /** Serves the live release, without running the flow, until the signal. */
  serve(options: ServeOptions): Promise<void>;
  /** The service of this project that is running now, if any; checks that its process lives. Opens no database. */
  service(): Promise<ServiceRecord | undefined>;
  status(): Promise<StatusRecord>;
  /** Newest first. */
  runs(options?: { readonly limit?: number }): Promise<readonly RunRecord[]>;
  runDetail(run: string): Promise<RunDetail>;
  /** Kept log lines of one step or, in order of start, of all; with `follow` it ends when the run does. */
  logs(run: string, options?: LogOptions): AsyncIterable<LogLine>;
  /** What a run did not take, what it masked, skipped and shortened. */
  leftOut(run: string): Promise<LeftOut>;
  /** The page of an evaluation: of a run, gates failed or not, or of a release; by default of the newest run with one. */
  report(of: string | undefined, language: Speech): Promise<PageRecord>;
  /** The page with the curves of a run's training; by default of the newest run with one. */
  curves(run: string | undefined, language: Speech): Promise<PageRecord>;
  /** Stops a run in whichever process it goes on; resolves when it has stopped. */
  cancel(run: string): Promise<RunRecord>;
  /** Ends a run whose machine is gone for good, and which therefore cannot be asked to stop. @throws TOW_FLOW_RUN_ALIVE */
  giveUp(run: string): Promise<RunRecord>;
  /** @param subject prefix of an artifact's digest, release name, or path of a source file */
  lineage(subject: string, direction: LineageDirection): Promise<LineageRecord>;
  /** Newest first. */
  releases(): Promise<readonly ReleaseRecord[]>;
  releaseDetail(release: string): Promise<ReleaseDetail>;
  /** Makes an earlier release live, by default the one that was live before; a running service swaps to it. */
  rollback(release?: string): Promise<RollbackRecord>;
  /** Reads the whole database, the whole ledger and every byte of every artifact. Damaged artifacts are set aside. */
  verify(options: VerifyOptions): Promise<VerifyRecord>;
  /** Makes the records whole again from what lies beside the artifacts; or gives a damaged release up, and does no more. */
  repair(options?: RepairOptions): Promise<RepairRecord>;
  /** Copies the records and the artifacts into a folder, whatever runs meanwhile. */
  backup(folder: string, options: VerifyOptions): Promise<BackupRecord>;
  /** What the project asks for beyond what any project may have, and what the user trusts it with; changed before. */
  trust(change?: TrustChange): Promise<TrustRecord>;
  close(): Promise<void>;
}
