/** How far a unit of work has come. */
export interface Progress {
  readonly done: number;
  /** Left out while the total is not known. */
  readonly total?: number;
  readonly unit: 'bytes' | 'rows' | 'documents' | 'passages' | 'questions' | 'tokens' | 'files' | 'steps';
  /** What is being done, in a few words: `reading docs/en`. */
  readonly note?: string;
}

/** Reports progress; cheap to call often: whoever listens throttles. */
export type ReportProgress = (progress: Progress) => void;
