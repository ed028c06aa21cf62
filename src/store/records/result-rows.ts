import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import { isDigest, type Digest } from '../../core/digest.ts';
import type { ArtifactInfo } from '../artifacts/artifact-store.ts';
import { readJson, writeJson } from './json-column.ts';
import type { ResultInput, StepResult } from './result-records.ts';
import type { Database, StepInputsTable, StepResultsTable } from './schema.ts';

/** Rows in one statement: five columns each stay far below the 32,766 parameters that SQLite takes. */
const batch = 500;

const digest = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value));
const written = z.object({
  key: digest,
  code: digest,
  params: z.record(z.string(), z.string()),
  facts: z.record(z.string(), z.json()),
  outputs: z.record(z.string(), digest),
});

/** Undefined for a row that is not as it was written. */
export function resultOf(row: Selectable<StepResultsTable>): StepResult | undefined {
  const { key, step, kind, code, run_id: run, created_at: createdAt, duration } = row;
  try {
    const texts = {
      params: readJson(row.params),
      facts: readJson(row.facts),
      outputs: readJson(row.outputs),
    };
    const { success, data } = written.safeParse({ key, code, ...texts });
    if (!success) return undefined;
    return { ...data, step, kind, run, createdAt, duration };
  } catch {
    return undefined;
  }
}

export function rowOf(result: StepResult): Insertable<StepResultsTable> {
  return {
    key: result.key,
    step: result.step,
    kind: result.kind,
    code: result.code,
    params: writeJson(result.params),
    facts: writeJson(result.facts),
    outputs: writeJson(result.outputs),
    run_id: result.run,
    created_at: result.createdAt,
    duration: Math.round(result.duration),
  };
}

export function inputOf({ role, name, digest, label }: Selectable<StepInputsTable>): ResultInput {
  return { role: role as ResultInput['role'], name, digest: digest as Digest, label };
}

/** Records a result's artifacts, what it was made of and what it gave; what is there stays. */
export async function addSurroundings(
  tx: Database,
  { key, outputs, createdAt }: StepResult,
  inputs: readonly ResultInput[],
  artifacts: readonly ArtifactInfo[],
): Promise<void> {
  for (const { digest, kind, media, bytes, files } of artifacts) {
    await tx
      .insertInto('artifacts')
      .values({ digest, kind, media, bytes, files, created_at: createdAt })
      .onConflict((c) => c.column('digest').doNothing())
      .execute();
  }
  for (let at = 0; at < inputs.length; at += batch) {
    await tx
      .insertInto('step_inputs')
      .values(inputs.slice(at, at + batch).map((input) => ({ key, ...input })))
      .onConflict((c) => c.columns(['key', 'role', 'name']).doNothing())
      .execute();
  }
  for (const [name, digest] of Object.entries(outputs)) {
    await tx
      .insertInto('step_outputs')
      .values({ key, name, digest, created_at: createdAt })
      .onConflict((c) => c.columns(['key', 'name', 'digest']).doNothing())
      .execute();
  }
}
