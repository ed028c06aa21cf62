import { canonicalJson, type Json } from '../../core/canonical-json.ts';
import type { KeptResult } from './record-copies.ts';
import type { ReleaseRecord } from './release-records.ts';
import type { StepResult } from './result-records.ts';

/** Whether a release in the database is the one that was kept beside the artifacts. */
export function sameRelease(one: ReleaseRecord, other: ReleaseRecord): boolean {
  return canonicalJson(releaseFacts(one)) === canonicalJson(releaseFacts(other));
}

/** The same of what a step made. */
export function sameResult(one: StepResult, other: StepResult): boolean {
  return canonicalJson(resultFacts(one)) === canonicalJson(resultFacts(other));
}

/** The same, with what it was made of: a label may have become another with the plan that names it. */
export function sameKeptResult(one: KeptResult, other: KeptResult): boolean {
  const inputs = ({ inputs: all }: KeptResult): string =>
    all
      .map(({ role, name, digest }) => canonicalJson({ role, name, digest }))
      .sort()
      .join('\n');
  return sameResult(one.result, other.result) && inputs(one) === inputs(other);
}

function releaseFacts({ name, manifest, run, createdAt, createdBy, givenUp }: ReleaseRecord): Json {
  const more = { run: run ?? null, givenUp: givenUp ? { ...givenUp } : null };
  return { name, manifest, createdAt, createdBy, ...more };
}

function resultFacts({ duration, ...result }: StepResult): Json {
  // The database holds whole milliseconds. What JSON cannot hold is not in what was read back from it.
  return { ...(JSON.parse(JSON.stringify(result)) as Record<string, Json>), duration: Math.round(duration) };
}
