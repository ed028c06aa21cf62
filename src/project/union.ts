import type { z } from 'zod';
import { nearest } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/**
 * Of a union's failed branches, the one that was meant: the value has the right type for it, it knows most of the keys,
 * a misspelt one included, and lacks the fewest. Undefined when that cannot be told.
 */
export function closestBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  const candidates = branches
    .filter((issues) => issues.length > 0 && !issues.some(isWrongKind))
    .map((issues) => ({ issues, ...strangeness(issues, value) }))
    .sort((a, b) => a.unknown - b.unknown || a.other - b.other);
  const [first, second] = candidates;
  const tied = first?.unknown === second?.unknown && first?.other === second?.other;
  return tied ? undefined : first?.issues;
}

/** The value as a whole is not of the branch's kind: text where it has a mapping. */
function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** A key that only one branch has shows which is meant, so unknown ones are counted by themselves. */
function strangeness(issues: readonly Issue[], value: unknown): { unknown: number; other: number } {
  const given = (key: PropertyKey) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  const missing = issues.flatMap(({ path: [key] }) => (key === undefined || given(key) ? [] : String(key)));
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  const misspelt = unknown.filter((key) => nearest(key, missing) !== undefined);
  const wrong = issues.filter(({ path: [key] }) => key !== undefined && given(key));
  return {
    unknown: unknown.length - misspelt.length,
    other: 2 * missing.length - misspelt.length + wrong.length,
  };
}
