import { join } from 'node:path';
import { adapterFile, adapterFormat } from '../contract/adapter-artifact.ts';
import { weightsFile } from '../contract/model-artifact.ts';
import { textOf, type Embedder, type Generator } from '../contract/generator.ts';
import { openLlamaEngine } from './open-engine.ts';
import { completionBody } from './completion.ts';
import { modelSettings } from './settings.ts';

export interface LocalModelOptions {
  /** Folder of a model artifact. */
  readonly folder: string;
  /** Folder of an adapter artifact that is applied over the model. */
  readonly adapter?: string | undefined;
  readonly threads: number;
  /** Tokens the model may see at once. */
  readonly context: number;
}

/** The weights of an adapter artifact; undefined for one that stands for no adapter. */
export async function adapterWeights(folder: string): Promise<string | undefined> {
  return 'none' in (await adapterFormat.read(folder)) ? undefined : join(folder, adapterFile);
}

/** A generator in this very process, on the engine that replicas run: for a step, whose process may die harmlessly. */
export async function openLocalGenerator({
  folder,
  adapter,
  threads,
  context,
}: LocalModelOptions): Promise<Generator> {
  const modelPath = join(folder, weightsFile);
  const path = adapter === undefined ? undefined : await adapterWeights(adapter);
  const engine = await openLlamaEngine(
    modelSettings.parse({
      modelPath,
      threads,
      context,
      slots: 1,
      ...(path !== undefined && { adapter: { path } }),
    }),
  );
  return {
    generate: (request, signal) => textOf(engine.complete(completionBody.parse(request), signal)),
  };
}

/** An embedder in this very process; a single thread, as in a replica: one question is too little to share. */
export async function openLocalEmbedder({ folder }: Pick<LocalModelOptions, 'folder'>): Promise<Embedder> {
  const modelPath = join(folder, weightsFile);
  const engine = await openLlamaEngine(
    modelSettings.parse({ modelPath, threads: 1, context: 512, mode: 'embed' }),
  );
  return {
    embed: async (texts, signal) =>
      (await engine.embed(texts, signal)).map((vector) => Float32Array.from(vector)),
  };
}
