import type { Selectable } from 'kysely';
import type { Digest } from '../../core/digest.ts';
import { numberOf } from './record-copies.ts';
import type { ReleaseRecord } from './release-records.ts';
import type { ReleasesTable } from './schema.ts';

/** A release as its row holds it. */
export function releaseOf(row: Selectable<ReleasesTable>): ReleaseRecord {
  return {
    name: row.name,
    manifest: row.manifest as Digest,
    ...(row.run_id !== null && { run: row.run_id }),
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.given_up_at !== null && {
      givenUp: { at: row.given_up_at, by: row.given_up_by ?? '' },
    }),
  };
}

export function releaseRow({
  name,
  manifest,
  run,
  createdAt,
  createdBy,
  givenUp,
}: ReleaseRecord): Selectable<ReleasesTable> {
  return {
    ...{ name, number: numberOf(name), manifest, run_id: run ?? null },
    ...{ created_at: createdAt, created_by: createdBy },
    ...{ given_up_at: givenUp?.at ?? null, given_up_by: givenUp?.by ?? null },
  };
}
