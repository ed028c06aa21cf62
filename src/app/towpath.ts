import type { CurvePoint } from '../core/curve.ts';
import type { Digest } from '../core/digest.ts';
import type { Json } from '../core/canonical-json.ts';
import type { ErrorRecord } from '../core/errors/towpath-error.ts';
import type { Message, Speech, Text } from '../core/messages/message.ts';
import type { ReleaseManifest } from '../core/release-manifest.ts';
import type { Ask } from '../project/trust/ask.ts';
import type { Observer } from './events.ts';
import type { HeldBack } from './service/held-back.ts';

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

export interface RunOptions {
  /** Ignores cached results, and so repeats every step. @default false */
  readonly fromScratch?: boolean;
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

export interface ServeOptions {
  /** Instead of `serve.port`. */
  readonly port?: number;
  readonly observer: Observer;
  readonly signal: AbortSignal;
}

export interface UpOptions extends ServeOptions {
  /** Reruns when a source or the project file changes. @default true */
  readonly watch?: boolean;
}

/** `interrupted`: the process ended without a word; the next run resumes it. */
type RunState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

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

type StepState = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled' | 'skipped';

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

export interface ServiceRecord {
  readonly pid: number;
  /** `http://127.0.0.1:7411`. */
  readonly url: string;
  readonly port: number;
  readonly started: string;
  /** Absent while the first release is being made. */
  readonly release?: string;
  readonly replicas: readonly ReplicaRecord[];
}

export interface ReplicaRecord {
  readonly pid: number;
  readonly state: 'starting' | 'ready' | 'unresponsive' | 'draining' | 'failed';
  readonly release: string;
  readonly busy?: number;
  readonly slots?: number;
}

export interface StatusRecord {
  readonly dir: string;
  readonly live?: ReleaseRecord;
  /** Why the live release is not the newest; absent when it is. */
  readonly heldBack?: HeldBack;
  readonly service?: ServiceRecord;
  readonly lastRun?: RunRecord;
  /** Runs that go on at other machines, as far as is known here. */
  readonly elsewhere?: readonly RunRecord[];
  /** What is wrong with the ledger or the live release; absent when nothing is. */
  readonly problems?: readonly ErrorRecord[];
}

export type LineageDirection = 'backwards' | 'forwards' | 'both';

export interface LineageNode {
  /** Digest, or the name of a release. */
  readonly id: string;
  readonly kind: 'source' | 'artifact' | 'release';
  /** A source's path, an artifact's output name (`dataset`), a release's name. */
  readonly label: string;
  /** The step that made it, and in which run. */
  readonly step?: string;
  readonly run?: string;
}

export interface LineageRecord {
  /** `LineageNode.id` of what was asked for. */
  readonly subject: string;
  readonly nodes: readonly LineageNode[];
  /** `from` went into the making of `to`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface ReleaseRecord {
  /** `r3`. */
  readonly name: string;
  readonly digest: Digest;
  readonly live: boolean;
  readonly created: string;
  readonly by: string;
  readonly run: string;
  /** The figures its gates looked at, by metric name: `answer.f1 en`. */
  readonly figures: Readonly<Record<string, number>>;
  /** When and by whom it was given up; absent when it was not. */
  readonly givenUp?: { readonly at: string; readonly by: string };
  /** What of its manifest or report is damaged; absent when nothing is. */
  readonly damage?: string;
  readonly damageText?: Text;
}

/** An artifact that a release holds. */
interface ReleasePartRecord {
  /** `dataset`, `generator`, `report`. */
  readonly part: string;
  readonly digest: Digest;
  /** Absent when the store has it no more. */
  readonly bytes?: number;
}

/** What differs from the release made before; an absent side did not have it. */
export interface ReleaseChangeRecord {
  /** `index`, `generator`, `passages`, `answer.f1 en`. */
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  /** Of a metric: whether it got better. */
  readonly better?: boolean;
  /** Too small to tell from chance: no reason to call it better or worse. */
  readonly noise?: true;
  /** Of a metric: what `from` and `to` say, unrounded. */
  readonly figures?: {
    readonly unit: 'share' | 'ms';
    readonly from: number | null;
    readonly to: number | null;
  };
}

export interface ReleaseDetail extends ReleaseRecord {
  readonly manifest: ReleaseManifest;
  readonly parts: readonly ReleasePartRecord[];
  /** Against the release made before; absent for the first, and when that one is no longer in the store. */
  readonly changes?: { readonly since: string; readonly list: readonly ReleaseChangeRecord[] };
  readonly gates: readonly GateRecord[];
  /** When and by whom it was made live, oldest first. */
  readonly promotions: readonly {
    readonly at: string;
    readonly by: string;
    readonly why: string;
    readonly whyText: Text;
  }[];
}

export interface GateRecord {
  /** `retrieval.recall@5`. */
  readonly metric: string;
  readonly language?: string;
  /** `min 0.95`, `not worse than r2 by 0.02`. */
  readonly rule: string;
  readonly ruleText: Message;
  /** Null when no question could be measured. */
  readonly value: number | null;
  readonly passed: boolean;
}

export interface RollbackRecord {
  readonly from?: string;
  readonly to: string;
  /** Whether a running service has switched to it. */
  readonly swapped: boolean;
}

export interface TrustChange {
  readonly asks: readonly Ask[];
  /** Takes them from what the project is trusted with, or everything when none is named. @default false */
  readonly revoke?: boolean;
}

export interface AskedRecord extends Ask {
  /** `models.generator.from[0].token`. */
  readonly where: string;
  readonly trusted: boolean;
}

export interface TrustRecord {
  /** Real path of the project's folder, which trust is bound to. */
  readonly project: string;
  /** Where the trust is kept. */
  readonly file: string;
  readonly asked: readonly AskedRecord[];
  readonly trusted: {
    readonly hosts: readonly string[];
    readonly secrets: readonly string[];
    readonly paths: readonly string[];
  };
  /** Paths among these where nothing is. */
  readonly notThere: readonly string[];
  /** Other problems of the project file: while it has some, it may ask for more than was found. */
  readonly problems: number;
  /** Trusts the project with all that it asks for and is not trusted with. */
  readonly command?: string;
}
