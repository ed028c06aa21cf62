import { wording, type Problem } from '../problem.ts';
import type { SectionContext, SectionProblem } from '../section.ts';
import { TrustCheck } from '../trust/check.ts';
import type { Grants } from '../trust/trust-file.ts';
import { Trust } from '../trust/trust.ts';

/** What a section's check is given, in a project that is trusted with nothing or with these. */
export async function sectionContext(
  dir: string,
  whole: SectionContext['whole'] = {},
  grants?: Grants,
): Promise<SectionContext> {
  return { dir, whole, trust: new TrustCheck(await Trust.of(dir, grants)) };
}

/** What a check found, with the words that stand in records of it. */
export function worded(
  problems: readonly SectionProblem[] = [],
): (Pick<SectionProblem, 'path'> & Pick<Problem, 'message' | 'accepted' | 'ask'>)[] {
  return problems.map(({ path, message, accepted, ask }) => ({
    path,
    ...wording(message, accepted),
    ...(ask !== undefined && { ask }),
  }));
}
