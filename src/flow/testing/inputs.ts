import { digestBytes } from '../../core/digest.ts';
import type { StepInput } from '../step.ts';

/** Inputs for a step that a test runs without the engine; a digest stands for its path. */
export function stepInputs(
  paths: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, StepInput>> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) =>
      path === undefined ? [] : [[name, { digest: digestBytes(path), path }]],
    ),
  );
}
