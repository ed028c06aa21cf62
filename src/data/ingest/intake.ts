import type { StepKind } from '../../flow/step.ts';
import type { FormatTable } from '../formats/format-table.ts';
import { formats } from '../formats/table.ts';
import type { IngestParams } from './params.ts';

/** How sources are read: the formats that their files may be in, and the step over just these. */
export interface Intake {
  readonly formats: FormatTable;
  /** Loaded when a run is planned: it brings the libraries that read. */
  step(): Promise<StepKind<IngestParams>>;
}

/** Over the formats of this version. */
export const intake: Intake = { formats, step: async () => (await import('./step.ts')).step };
