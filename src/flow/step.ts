import type { z } from 'zod';
import type { CurvePoint } from '../contract/curve.ts';
import type { Json } from '../core/canonical-json.ts';
import type { Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { ReportProgress } from '../contract/progress.ts';
import type { Random } from '../core/random.ts';

/** An input artifact: what it is, and where it lies for this attempt, read-only. */
export interface StepInput {
  readonly digest: Digest;
  readonly path: string;
}

/** An input that every plan gives a step. @throws TOW_FLOW_PLAN_INVALID when this one did not */
export function requiredInput(inputs: StepContext<unknown>['inputs'], name: string): StepInput {
  const input = inputs[name];
  if (input) return input;
  throw new TowpathError('TOW_FLOW_PLAN_INVALID', say('flow.input-not-given', { name }));
}

/** What a step sees while it runs, in a process of its own. */
export interface StepContext<P> {
  readonly params: P;
  /** The input artifacts, by the names the step declares. */
  readonly inputs: Readonly<Record<string, StepInput>>;
  /** Where to write each declared output, a file or a folder; nothing is there yet. Adopted as artifacts on success. */
  readonly outputs: Readonly<Record<string, string>>;
  /** An empty folder, deleted afterwards. */
  readonly scratch: string;
  /** The project folder: only for reading sources whose digests are parameters. */
  readonly projectDir: string;
  /** Survives between attempts and runs: partial downloads, converted parts. Its content must never change a result. */
  readonly keepDir: string;
  /** Seeded from the step's key: the same key gives the same sequence. */
  readonly random: Random;
  /** Cores this step may use. */
  readonly cores: number;
  /** Aborted on cancel; the process is killed a few seconds later. */
  readonly signal: AbortSignal;
  progress: ReportProgress;
  /** A point of the step's curves, kept in the records as it comes and shown by `run show`. */
  metric(point: CurvePoint): void;
  /** One line for the step's kept log. */
  readonly log: (line: string) => void;
}

/** Small facts about a result, kept in the records and shown by `run show`: counts, figures, never texts. */
export type StepFacts = Readonly<Record<string, Json>>;

/**
 * A kind of step: a pure function of its inputs and parameters. Its code version is the digest of the import closure
 * of `module`, so editing anything that it reaches makes a new key.
 */
export interface StepKind<P = unknown> {
  /** Dotted name, stage first: `data.ingest`. */
  readonly name: string;
  /** `import.meta.url` of the file that exports it as `exportName`. */
  readonly module: string;
  /** @default "step" */
  readonly exportName?: string;
  readonly params: z.ZodType<P>;
  readonly inputs: readonly string[];
  /** Inputs that a plan may leave out. */
  readonly optionalInputs?: readonly string[];
  readonly outputs: readonly string[];
  /** Milliseconds after which a try is stopped. @default 1 hour */
  readonly timeout?: number;
  /** Milliseconds it may take to save its work when cancelled, before it is killed. @default what the engine gives: 5 s */
  readonly grace?: number;
  /** Heap limit of the step's process in MiB. @default 2048 */
  readonly memory?: number;
  /** `all`: runs alone, with every core. @default 1 */
  readonly cores?: number | 'all';
  /**
   * A process of its own for every step. Without it a process that ended a step cleanly may take another step of the
   * same kind, code and memory limit; set it when the step changes state that its module keeps. @default false
   */
  readonly fresh?: boolean;
  /** Name of the file in its scratch folder that is kept beside its log should it fail: what it has found out until then. */
  readonly leaves?: string;
  run(context: StepContext<P>): Promise<StepFacts | void>;
}

/** Declares a step; keeps the type of its parameters. */
export function defineStep<P>(kind: StepKind<P>): StepKind<P> {
  return kind;
}
