import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** What a job's result is made of, as the trainer's programs take it. */
export interface Trained {
  /** Folder of a whole model in Hugging Face's format: the result's, or the base's where the result is an adapter. */
  readonly model: string;
  /** Folder of the LoRA adapter over it. */
  readonly adapter?: string;
}

/**
 * Finds the parts of a result artifact, which holds either `model/` or `adapter/`.
 *
 * @param base folder of the base in Hugging Face's format
 * @throws TowpathError TOW_TRAIN_EXPORT_UNFIT for an adapter without its base, and for a folder that holds neither
 */
export async function trainedParts(result: string, base: string | undefined): Promise<Trained> {
  const model = join(result, 'model');
  if (await isFolder(model)) return { model };
  const adapter = join(result, 'adapter');
  if (!(await isFolder(adapter))) throw new TowpathError('TOW_TRAIN_EXPORT_UNFIT', say('train.no-result'));
  if (base === undefined) throw new TowpathError('TOW_TRAIN_EXPORT_UNFIT', say('train.no-base'));
  return { model: base, adapter };
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
