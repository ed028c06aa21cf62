import { join } from 'node:path';
import { modelFormat, weightsFile } from '../../contract/model-artifact.ts';
import type { PassageEmbedder } from './build.ts';

/**
 * Loads the embedding model of a model artifact (`model.gguf`, `model.json`) into this process; a step's process may
 * die of a native fault without harm. Texts over the model's context are cut to it.
 */
export async function openPassageEmbedder(
  folder: string,
  { threads }: { readonly threads: number },
): Promise<PassageEmbedder & { close(): Promise<void> }> {
  const { sha256 } = await modelFormat.read(folder);
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({
    gpu: false,
    maxThreads: threads,
    build: 'never',
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath: join(folder, weightsFile) });
  // Room for [CLS] and [SEP] and for what the binding keeps for itself.
  const reserved = 16;
  const contextSize = Math.min(model.trainContextSize, 512);
  // One thread each: a small model's threads wait for one another more than they work. MiniLM on two busy cores took
  // 282 ms of processor time for a passage with two threads in one context, 83 with one in each of two.
  const contexts = await Promise.all(
    Array.from({ length: threads }, () => model.createEmbeddingContext({ contextSize, threads: 1 })),
  );
  return {
    weights: sha256,
    async embed(texts, signal) {
      const vectors: Float32Array[] = [];
      const left = texts.entries();
      await Promise.all(
        contexts.map(async (context) => {
          for (const [at, text] of left) {
            signal.throwIfAborted();
            const tokens = model.tokenize(text).slice(0, contextSize - reserved);
            vectors[at] = normalised((await context.getEmbeddingFor(tokens)).vector);
          }
        }),
      );
      return vectors;
    },
    async close() {
      for (const context of contexts) await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/** Scaled to length one, so that the dot product is the cosine. */
function normalised(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}
