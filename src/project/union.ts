import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Of a union's failed branches, the one that was meant: the value has the right type for it, and it has clearly the
 * fewest unknown and missing keys. Undefined when that cannot be told.
 */
export function closestBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  const candidates = branches
    .filter((issues) => issues.length > 0 && !issues.some(isWrongKind))
    .map((issues) => ({ issues, strangeness: strangeness(issues, value) }))
    .sort((a, b) => a.strangeness - b.strangeness);
  const [first, second] = candidates;
  if (first === undefined) return undefined;
  return second === undefined || first.strangeness < second.strangeness ? first.issues : undefined;
}

/** The value as a whole is not of the branch's kind: text where it has a mapping. */
function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** Unknown keys weigh most: a key that only one branch has shows which is meant. */
function strangeness(issues: readonly Issue[], value: unknown): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 3 * issue.keys.length;
    const [key] = issue.path;
    const given =
      typeof value === 'object' && value !== null && key !== undefined && Object.hasOwn(value, key);
    return sum + (given ? 1 : 2);
  }, 0);
}
