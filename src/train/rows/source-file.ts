import { createHash } from 'node:crypto';
import { z } from 'zod';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../core/outside-file.ts';
import type { Trust } from '../../project/trust/trust.ts';

/** Most bytes of one file of examples. */
export const largestExamples = 64 * 2 ** 30;

/** A file of the project that a step reads, and the digest that its parameters were made with. */
export const sourceFile = z.strictObject({ path: z.string(), digest: z.string().regex(/^[0-9a-f]{64}$/) });
export type SourceFile = z.infer<typeof sourceFile>;

/** An open file with its content, which is checked as it is read. */
export interface CheckedFile {
  /** Whether a message may say what stands in it. */
  readonly quotable: boolean;
  /** @throws TowpathError TOW_DATA_SOURCE_CHANGED, at the end, when it was not what the run was planned with */
  readonly blocks: AsyncIterable<Buffer>;
}

/**
 * Opens it.
 *
 * @throws TowpathError TOW_DATA_SOURCE_CHANGED when that is no longer possible
 */
export async function openChecked(
  trust: Trust,
  source: SourceFile,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const file = await trust.open(source.path, largestExamples).catch((cause: unknown) => {
    throw changed(source.path, say('training.source-gone', { path: source.path }), cause);
  });
  return { quotable: file.inside, blocks: checkedBlocks(file, source, signal) };
}

async function* checkedBlocks(
  file: OutsideFile,
  { path, digest }: SourceFile,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  try {
    for await (const block of file.blocks(signal)) {
      hash.update(block);
      yield block;
    }
  } catch (error) {
    if (error instanceof OutsideFileError)
      throw changed(path, say('training.source-changed', { path }), error);
    throw error;
  }
  if (hash.digest('hex') !== digest) throw changed(path, say('training.source-changed', { path }));
}

function changed(path: string, how: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_DATA_SOURCE_CHANGED', how, { where: path, cause });
}
