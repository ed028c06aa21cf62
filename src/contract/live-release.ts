import type { Digest } from '../core/digest.ts';

/** What a candidate is compared with: answers, and the release that gave them. */
export interface Baseline {
  readonly release: string;
  readonly answers: Digest;
}

/** The live release, as a plan sees it. */
export interface LiveRelease extends Baseline {
  /** What it was compared with itself when it was made. */
  readonly baseline?: Baseline;
}
