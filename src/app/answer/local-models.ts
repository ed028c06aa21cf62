import { join } from 'node:path';
import { textOf, type Embedder, type Generator } from '../../serve/replica/generator.ts';
import { openLlamaEngine } from '../../serve/replica/llama/engine.ts';
import { completionBody, replicaSettings } from '../../serve/replica/protocol.ts';

export interface LocalModelOptions {
  /** Folder of a model artifact. */
  readonly folder: string;
  readonly threads: number;
  /** Tokens the model may see at once. */
  readonly context: number;
}

/** A generator in this very process, on the engine that replicas run: for a step, whose process may die harmlessly. */
export async function openLocalGenerator({
  folder,
  threads,
  context,
}: LocalModelOptions): Promise<Generator> {
  const modelPath = join(folder, 'model.gguf');
  const engine = await openLlamaEngine(replicaSettings.parse({ modelPath, threads, context, slots: 1 }));
  return {
    generate: (request, signal) => textOf(engine.complete(completionBody.parse(request), signal)),
  };
}

/** An embedder in this very process; a single thread, as in a replica: one question is too little to share. */
export async function openLocalEmbedder({ folder }: Pick<LocalModelOptions, 'folder'>): Promise<Embedder> {
  const modelPath = join(folder, 'model.gguf');
  const engine = await openLlamaEngine(
    replicaSettings.parse({ modelPath, threads: 1, context: 512, mode: 'embed' }),
  );
  return {
    embed: async (texts, signal) =>
      (await engine.embed(texts, signal)).map((vector) => Float32Array.from(vector)),
  };
}
