import type { Json } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import type { ProcessIdentity } from '../../core/process-identity.ts';
import type { ArtifactInfo } from '../artifacts/artifact-store.ts';
import type { StepChange } from './run-records.ts';

/** What a step made, under the key of everything that went into it. */
export interface StepResult {
  readonly key: Digest;
  /** Name of the step in its plan. */
  readonly step: string;
  readonly kind: string;
  readonly code: Digest;
  /** Short digests of the parameters by dotted path, so that a later miss can say which one changed. */
  readonly params: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, Json>>;
  readonly outputs: Readonly<Record<string, Digest>>;
  readonly run: string;
  readonly createdAt: number;
  /** Milliseconds that the step took. */
  readonly duration: number;
}

export interface ResultInput {
  readonly role: 'input' | 'external';
  readonly name: string;
  readonly digest: Digest;
  /** For people: `step prepare, output dataset`, or the path of a source file. */
  readonly label: string;
}

export interface ResultCommit {
  readonly result: StepResult;
  readonly inputs: readonly ResultInput[];
  readonly artifacts: readonly ArtifactInfo[];
  /** The final change of the run's step: written in the same transaction. */
  readonly change: StepChange;
}

/** Results by key: the cache. A row is written only after every output was adopted. */
export interface ResultRecords {
  /** `damaged`: its row cannot be read, or is not what was kept of it beside the artifacts. */
  get(key: Digest): Promise<StepResult | 'damaged' | undefined>;
  /** The last result that can be read of the step of this name and kind: what a miss is compared with. */
  latest(step: string, kind: string): Promise<StepResult | undefined>;
  inputs(key: Digest): Promise<ResultInput[]>;
  /**
   * Result, lineage, artifacts and the end of the run's step, all or nothing. Repeating it changes nothing.
   *
   * @throws TOW_FLOW_CLAIM_LOST when the run holds the claim on the key no more
   */
  commit(commit: ResultCommit): Promise<void>;
  /** Takes the right to compute a key; otherwise says who has it. One key is computed by one run at a time. */
  claim(claim: Claim): Promise<Claim>;
  /** Takes the key over from a run whose engine is dead. False when another was faster. */
  takeOver(from: Claim, claim: Claim): Promise<boolean>;
  release(key: Digest, run: string): Promise<void>;
  releaseAll(run: string): Promise<void>;
}

export interface Claim {
  readonly key: Digest;
  readonly run: string;
  readonly engine: ProcessIdentity;
  readonly at: number;
}
