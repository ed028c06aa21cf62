/** What a short answer looks like. */
export type CandidateKind =
  'number' | 'date' | 'duration' | 'version' | 'name' | 'quoted' | 'code' | 'chunk' | 'clause';

/** A piece of a passage that may be the short answer: `passage.text.slice(start, end)`. */
export interface Candidate {
  readonly kind: CandidateKind;
  readonly start: number;
  readonly end: number;
}
