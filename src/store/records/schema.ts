import type { Kysely } from 'kysely';

/*
 * Columns hold only text and 64-bit integers, so that SQLite and PostgreSQL read the same: times are milliseconds
 * since the epoch, structures are JSON text, states are words.
 */

export interface RunsTable {
  id: string;
  plan: string;
  status: string;
  /** Process identity of the engine. */
  engine: string;
  started_at: number;
  finished_at: number | null;
  resumed_from: string | null;
  error: string | null;
  labels: string;
  cancel_asked_at: number | null;
  cancel_asked_by: string | null;
}

export interface RunStepsTable {
  run_id: string;
  name: string;
  position: number;
  kind: string;
  status: string;
  key: string | null;
  /** Why the cache did not have it. */
  reason: string | null;
  /** The same as a text of the table. */
  reason_text: string | null;
  started_at: number | null;
  finished_at: number | null;
  attempts: number;
  /** Process identity of the step's process while it runs; leader of its process group. */
  process: string | null;
  error: string | null;
  facts: string | null;
  outputs: string | null;
}

export interface StepResultsTable {
  key: string;
  step: string;
  kind: string;
  code: string;
  params: string;
  facts: string;
  outputs: string;
  run_id: string;
  created_at: number;
  duration: number;
}

export interface StepInputsTable {
  key: string;
  /** `input` for artifacts, `external` for files outside the store. */
  role: string;
  name: string;
  digest: string;
  label: string;
}

interface StepOutputsTable {
  key: string;
  name: string;
  digest: string;
  created_at: number;
}

interface StepClaimsTable {
  key: string;
  run_id: string;
  engine: string;
  claimed_at: number;
}

interface ArtifactsTable {
  digest: string;
  kind: string;
  media: string;
  bytes: number;
  files: number;
  created_at: number;
}

export interface ReleasesTable {
  name: string;
  number: number;
  manifest: string;
  run_id: string | null;
  created_at: number;
  created_by: string;
  given_up_at: number | null;
  given_up_by: string | null;
}

export interface PromotionsTable {
  seq: number;
  release: string;
  action: string;
  actor: string;
  reason: string;
  at: number;
  prev: string;
  hash: string;
}

interface LedgerHeadTable {
  count: number;
  hash: string;
}

interface RepairsTable {
  at: number;
  actor: string;
  what: string;
}

interface CurvePointsTable {
  run_id: string;
  step_name: string;
  at: number;
  figures: string;
}

export interface Schema {
  runs: RunsTable;
  run_steps: RunStepsTable;
  step_results: StepResultsTable;
  step_inputs: StepInputsTable;
  step_outputs: StepOutputsTable;
  step_claims: StepClaimsTable;
  artifacts: ArtifactsTable;
  releases: ReleasesTable;
  promotions: PromotionsTable;
  curve_points: CurvePointsTable;
  ledger_head: LedgerHeadTable;
  repairs: RepairsTable;
}

export type Database = Kysely<Schema>;
