import type { Digest } from '../core/digest.ts';
import type { ExternalFile } from '../flow/plan.ts';
import type { StageContext } from '../flow/stage.ts';
import type { EvaluateSettings } from './section.ts';
import { largestSuite } from './suite/read.ts';

export type EvaluateContext = StageContext<{ readonly evaluate: EvaluateSettings }>;

/** @throws what the opener of files does when a suite cannot be read */
export async function suiteFiles({ values, trust, signal }: EvaluateContext): Promise<ExternalFile[]> {
  return await Promise.all(
    values.evaluate.suites.map(async (path) => ({
      ...{ name: path, label: path },
      digest: await (await trust.open(path, largestSuite)).digest(signal),
    })),
  );
}

/** The suites as steps take them. */
export function suiteParams(suites: readonly ExternalFile[]): { path: string; digest: Digest }[] {
  return suites.map(({ label, digest }) => ({ path: label, digest }));
}
