import { open } from 'node:fs/promises';
import type * as llamaModule from 'node-llama-cpp';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { ResolvedModelSettings } from './settings.ts';

export type LlamaModule = typeof llamaModule;

export interface LoadedModel {
  readonly module: LlamaModule;
  readonly llama: Llama;
  readonly model: LlamaModel;
}

/** Loads llama.cpp and a model file. Never builds or downloads anything. */
export async function loadModel(settings: ResolvedModelSettings): Promise<LoadedModel> {
  await checkMagic(settings.modelPath);
  if (settings.adapter) await checkMagic(settings.adapter.path, 'adapter');
  const module = await loadModule();
  const llama = await startLlama(module, settings);
  try {
    const model = await llama.loadModel({
      modelPath: settings.modelPath,
      ...(settings.gpu === 'off' && { gpuLayers: 0 }),
    });
    return { module, llama, model };
  } catch (cause) {
    throw unreadable(settings.modelPath, say('serve.llama-load'), cause);
  }
}

async function loadModule(): Promise<LlamaModule> {
  try {
    return await import('node-llama-cpp');
  } catch (cause) {
    throw new TowpathError('TOW_SERVE_REPLICA_NATIVE_MISSING', say('serve.no-library'), { cause });
  }
}

async function startLlama(module: LlamaModule, settings: ResolvedModelSettings): Promise<Llama> {
  try {
    return await module.getLlama({
      gpu: settings.gpu === 'off' ? false : 'auto',
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: settings.threads,
      logLevel: module.LlamaLogLevel.error,
      logger: (level, message) => process.stderr.write(`llama.cpp ${level}: ${message.trimEnd()}\n`),
    });
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`;
    throw new TowpathError('TOW_SERVE_REPLICA_NATIVE_MISSING', say('serve.no-llama', { platform }), {
      cause,
    });
  }
}

/** A clear word for a missing or foreign file, before native code sees it. */
async function checkMagic(path: string, what: 'model' | 'adapter' = 'model'): Promise<void> {
  let magic: string;
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      magic = buffer.subarray(0, bytesRead).toString('latin1');
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, say('serve.unopened'), cause, what);
  }
  if (magic !== 'GGUF') throw unreadable(path, say('serve.not-gguf'), undefined, what);
}

export function unreadable(
  path: string,
  why: Message,
  cause?: unknown,
  what: 'model' | 'adapter' = 'model',
): TowpathError {
  const text = say(what === 'model' ? 'serve.model-unusable' : 'serve.adapter-unusable', { path, why });
  return new TowpathError('TOW_SERVE_REPLICA_MODEL_UNREADABLE', text, { cause });
}
