import type { LlamaContext } from 'node-llama-cpp';
import { say } from '../core/messages/message.ts';
import type { ResolvedModelSettings } from './settings.ts';
import { unreadable, type LoadedModel } from './load.ts';

/**
 * The memory that a model decodes in, for as many requests at once as there are slots; an adapter is applied here, over
 * weights that stay as they are.
 *
 * @throws TowpathError TOW_SERVE_REPLICA_MODEL_UNREADABLE when the adapter does not fit the model
 */
export async function openContext(
  { model }: Pick<LoadedModel, 'model'>,
  { slots, threads, adapter }: Pick<ResolvedModelSettings, 'slots' | 'threads' | 'adapter'>,
  contextSize: number,
  batchSize: number,
): Promise<LlamaContext> {
  const options = { contextSize, sequences: slots, threads, batchSize, failedCreationRemedy: false } as const;
  if (adapter === undefined) return await model.createContext(options);
  const adapters = [{ filePath: adapter.path, scale: adapter.scale }];
  try {
    return await model.createContext({ ...options, lora: { adapters } });
  } catch (cause) {
    throw unreadable(adapter.path, say('serve.llama-apply'), cause, 'adapter');
  }
}
