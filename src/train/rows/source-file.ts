import { join } from 'node:path';
import { z } from 'zod';
import { digestFile } from '../../core/digest.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';

/** A file of the project that a step reads, and the digest that its parameters were made with. */
export const sourceFile = z.strictObject({ path: z.string(), digest: z.string().regex(/^[0-9a-f]{64}$/) });
export type SourceFile = z.infer<typeof sourceFile>;

/**
 * The path to read it from.
 *
 * @throws TowpathError TOW_DATA_SOURCE_CHANGED when it is gone, or is no longer what the run was planned with
 */
export async function checkedPath(projectDir: string, { path, digest }: SourceFile): Promise<string> {
  const absolute = join(projectDir, path);
  const found = await digestFile(absolute).catch((cause: unknown) => {
    throw new TowpathError('TOW_DATA_SOURCE_CHANGED', `${path} cannot be read any more`, {
      where: path,
      cause,
    });
  });
  if (found === digest) return absolute;
  throw new TowpathError('TOW_DATA_SOURCE_CHANGED', `${path} changed while the run was going on`, {
    where: path,
  });
}
